using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>A Helm values document: YAML, plain or base64.</summary>
internal static class ValuesDocument
{
    public static string? Complaint(string text)
    {
        if (Base64.Document(text) is not { } yaml)
        {
            return "is neither YAML nor base64";
        }

        try
        {
            return YamlText.Read(yaml) is [] or [null or JsonObject, ..] ? null : "is not a YAML mapping";
        }
        catch (YamlTextException e)
        {
            return e.Message;
        }
    }
}

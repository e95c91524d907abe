using NaaS.Helm.Go;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Rendering;

/// <summary>A rendered document with what Helm reads of it. Texts are byte strings.</summary>
/// <param name="path">Template that made it.</param>
/// <param name="text">Its text.</param>
/// <param name="head">What Helm reads of it.</param>
/// <param name="read">As it was read; null where that is to be done when its value is asked for.</param>
internal sealed class Document(string path, string text, DocumentHead head, YamlDocument? read = null)
{
    private static readonly string[] HeadFields = ["apiVersion", "kind", "metadata"];
    private readonly DocumentHead head = head;
    private YamlDocument? read = read;
    private GoMap? value;

    public string Path => path;

    public string Text => text;

    public string Kind => head.Kind;

    public string Name => head.Name;

    public IReadOnlyDictionary<string, string> Annotations => head.Annotations;

    /// <summary>Parsed; null where the document holds comments only.</summary>
    public GoMap? Value
    {
        get
        {
            if (head.HoldsObject && value is null)
            {
                value = (GoMap?)(read ?? YamlDocument.Read(text)).Value();
                read = null;
            }
            return value;
        }
    }

    /// <summary>Parses a document; what Helm cannot read of it is an error in Helm's words.</summary>
    public static Document Parse(string path, string text)
    {
        try
        {
            var read = YamlDocument.Read(text);
            return new Document(path, text, DocumentHead.Of(read.Fields(HeadFields)), read);
        }
        catch (YamlException error)
        {
            throw new HelmException(GoString.ToText($"YAML parse error on {path}: {error.Message}"), error);
        }
    }

    /// <summary>As <see cref="Parse(string, string)"/>; a text whose head is known is not parsed again before its value is asked for.</summary>
    public static Document Parse(string path, string text, DocumentHeads known)
    {
        var digest = DocumentHeads.DigestOf(text);
        if (known.Find(digest) is { } head)
        {
            return new Document(path, text, head);
        }
        var document = Parse(path, text);
        known.Keep(digest, document.head);
        return document;
    }
}

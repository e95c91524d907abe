using NaaS.Tmf.Inventory;

namespace NaaS.Inventory.Services;

/// <summary>Notes of ours on a service.</summary>
internal static class ServiceNotes
{
    private const string Author = "NaaS";
    private const int Longest = 20_000;

    /// <summary>Adds a note, unless our last one says the same.</summary>
    public static void Tell(this Service service, string text, DateTimeOffset now)
    {
        text = text.Length > Longest ? text[..Longest] : text;
        if (service.Note?.LastOrDefault(note => note.Author == Author)?.Text != text)
        {
            (service.Note ??= []).Add(new() { Id = $"naas-{service.Note!.Count + 1}", Author = Author, Date = now, Text = text });
        }
    }
}

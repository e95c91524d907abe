using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>An attachment by value or by reference. An attachment complements the description of an element, for example through a document, a video, a picture. TMF633 4.0.</summary>
public sealed class AttachmentRefOrValue : EntityRef
{
    /// <summary>Attachment type such as video, picture.</summary>
    public string? AttachmentType { get; set; }

    /// <summary>The actual contents of the attachment object, if embedded, encoded as base64.</summary>
    public string? Content { get; set; }

    /// <summary>A narrative text describing the content of the attachment.</summary>
    public string? Description { get; set; }

    /// <summary>Attachment mime type such as extension file for video, picture and document.</summary>
    public string? MimeType { get; set; }

    /// <summary>Uniform Resource Locator, is a web page address (a subset of URI).</summary>
    public string? Url { get; set; }

    /// <summary>The size of the attachment.</summary>
    public Quantity? Size { get; set; }

    /// <summary>The period of time for which the attachment is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}

using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Represents a task used to export resources to a file. TMF633 4.0.</summary>
public sealed class ExportJob : TmfResource
{
    /// <summary>Data at which the job was completed.</summary>
    public DateTimeOffset? CompletionDate { get; set; }

    /// <summary>The format of the exported data.</summary>
    public string? ContentType { get; set; }

    /// <summary>Date at which the job was created.</summary>
    public DateTimeOffset? CreationDate { get; set; }

    /// <summary>Reason for failure.</summary>
    public string? ErrorLog { get; set; }

    /// <summary>URL of the root resource acting as the source for streaming content to the file specified by the export job.</summary>
    public string? Path { get; set; }

    /// <summary>Used to scope the exported data.</summary>
    public string? Query { get; set; }

    /// <summary>URL of the file containing the data to be exported.</summary>
    public string? Url { get; set; }

    /// <summary>Status of the export job (not started, running, succeeded, failed).</summary>
    public JobStateType? Status { get; set; }
}

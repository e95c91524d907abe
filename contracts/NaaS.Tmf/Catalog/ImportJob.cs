using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Represents a task used to import resources from a file. TMF633 4.0.</summary>
public sealed class ImportJob : TmfResource
{
    /// <summary>Date at which the job was completed.</summary>
    public DateTimeOffset? CompletionDate { get; set; }

    /// <summary>Indicates the format of the imported data.</summary>
    public string? ContentType { get; set; }

    /// <summary>Date at which the job was created.</summary>
    public DateTimeOffset? CreationDate { get; set; }

    /// <summary>Reason for failure if status is failed.</summary>
    public string? ErrorLog { get; set; }

    /// <summary>URL of the root resource where the content of the file specified by the import job must be applied.</summary>
    public string? Path { get; set; }

    /// <summary>URL of the file containing the data to be imported.</summary>
    public string? Url { get; set; }

    /// <summary>Status of the import job (not started, running, succeeded, failed).</summary>
    public JobStateType? Status { get; set; }
}

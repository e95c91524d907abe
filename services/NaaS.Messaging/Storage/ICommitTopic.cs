namespace NaaS.Messaging.Storage;

/// <summary>A row that <see cref="CommitSignal{TDb}"/> knows by something else than its class.</summary>
public interface ICommitTopic
{
    /// <summary>What a commit of the row is waited for by.</summary>
    string Topic { get; }
}

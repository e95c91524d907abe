using NaaS.Helm.Command;

namespace NaaS.Helm.Tests.Command;

/// <summary>A shell script in helm's place, with a folder where it leaves what it saw.</summary>
internal sealed class StandIn : IDisposable
{
    public StandIn(string script)
    {
        File.WriteAllText(Program, $"#!/bin/sh\nseen={Folder}\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("naas-stand-in-").FullName;

    public HelmCommandOptions Options => new() { Program = Program };

    private string Program => Path.Combine(Folder, "helm.sh");

    public string Seen(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

using System.CommandLine;

namespace NaaS.Standalone.OpenSlice;

/// <summary><c>naas openslice</c>: what an operator does once to become a partner of an OpenSlice.</summary>
internal static class OpenSliceCommand
{
    public static Command Create() => new("openslice", "Makes NaaS a partner organization of an OpenSlice, and checks that OpenSlice gets along with it.")
    {
        RegisterCommand.Create(),
        CheckCommand.Create(),
    };
}

namespace NaaS.Helm.Sources;

/// <summary>Credentials for one host. Only a reference to the secret stands in the configuration.</summary>
/// <param name="Host">Host, with its port where that is not the usual one: <c>ghcr.io</c>, <c>charts.example.org:8443</c>.</param>
/// <param name="Username">User name.</param>
/// <param name="PasswordReference">Where the password or token is: <c>env:NAME</c> or <c>file:/path</c>.</param>
public sealed record ChartCredential(string Host, string Username, string PasswordReference)
{
    /// <summary>The password, read at the time of use so that a rotated secret takes effect.</summary>
    /// <exception cref="ChartUnauthorizedException">The reference leads nowhere.</exception>
    internal string ReadPassword()
    {
        const string File = "file:";
        const string Environment = "env:";
        if (PasswordReference.StartsWith(Environment, StringComparison.Ordinal))
        {
            return System.Environment.GetEnvironmentVariable(PasswordReference[Environment.Length..])
                ?? throw new ChartUnauthorizedException($"credentials of {Host}: {PasswordReference} is not set");
        }

        var path = PasswordReference.StartsWith(File, StringComparison.Ordinal) ? PasswordReference[File.Length..] : "";
        return System.IO.File.Exists(path)
            ? System.IO.File.ReadAllText(path).TrimEnd('\r', '\n')
            : throw new ChartUnauthorizedException($"credentials of {Host}: the password reference is neither env:NAME nor file:/path of a file that exists");
    }
}

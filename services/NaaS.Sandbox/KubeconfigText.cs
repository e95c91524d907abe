using System.Text;

namespace NaaS.Sandbox;

/// <summary>Writes a kubeconfig of servers that ask for no credentials.</summary>
internal static class KubeconfigText
{
    /// <summary>One context for each server, named like it; the first is current.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, Uri>> servers)
    {
        var all = servers.ToList();
        var text = new StringBuilder("apiVersion: v1\nkind: Config\n").Append("current-context: ").Append(all[0].Key).Append("\nclusters:\n");
        foreach (var (name, uri) in all)
        {
            text.Append("- name: ").Append(name).Append("\n  cluster:\n    server: ").Append(uri).Append('\n');
        }
        text.Append("contexts:\n");
        foreach (var (name, _) in all)
        {
            text.Append("- name: ").Append(name).Append("\n  context:\n    cluster: ").Append(name).Append("\n    user: sandbox\n");
        }
        // KubernetesClient refuses a user without any credential; the servers do not look at it.
        return text.Append("users:\n- name: sandbox\n  user:\n    token: sandbox\n").ToString();
    }
}

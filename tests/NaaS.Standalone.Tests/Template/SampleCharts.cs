using System.Formats.Tar;
using System.IO.Compression;

namespace NaaS.Standalone.Tests.Template;

/// <summary>A folder with small charts and files for command lines to name.</summary>
public sealed class SampleCharts : IDisposable
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.2.3\nappVersion: \"7\"\nkubeVersion: \">=1.20\"\n"),
        ("web/values.yaml", "name: default\nlist: [1, 2]\nnested: {a: 1, b: x}\nempty: null\n"),
        ("web/values.schema.json", "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}"),
        ("web/crds/thing.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.org}\n"),
        ("web/templates/_names.tpl", "{{- define \"web.name\" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}"),
        ("web/templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include \"web.name\" . }}\n  namespace: {{ .Release.Namespace }}\n"),
        ("web/templates/config.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ include "web.name" . }}
            data:
              values: |
                {{- toYaml .Values | nindent 4 }}
              upgrade: {{ .Release.IsUpgrade | quote }}
              kube: {{ .Capabilities.KubeVersion.Version }}
              api: {{ .Capabilities.APIVersions.Has "example.org/v1" | quote }}
            ---
            # only a comment

            """),
        ("web/templates/job.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations:\n    helm.sh/hook: pre-install\n"),
        ("web/templates/tests/ping.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ping\n  annotations:\n    helm.sh/hook: test\n"),
        ("web/templates/NOTES.txt", "{{ .Values.name }} is there\n"),
        ("web/templates/broken.yaml", "{{ $n := toString .Values.name }}{{ if eq $n \"broken\" }}{{ fail \"no good\" }}{{ end }}{{ if eq $n \"no-yaml\" }}a: b: c{{ end }}"),
        ("bytes/Chart.yaml", "apiVersion: v2\nname: bytes\nversion: 0.1.0\n"),
        ("bytes/templates/cut.yaml", "cut: {{ trunc 4 \"añañañ\" }}\nfile: {{ .Values.file | default \"\" | b64enc }}\n"),
        ("lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n"),
        ("needy/Chart.yaml", "apiVersion: v2\nname: needy\nversion: 0.1.0\ndependencies:\n- {name: gone, version: 1.x, repository: \"https://example.org\"}\n"),
        ("none/readme.md", "no chart\n"),
        ("values/one.yaml", "name: one\nlist: [3]\n"),
        ("values/two.yaml", "name: two\nnested: {a: null, c: 2023-01-01}\n"),
        ("values/wrong.yaml", "a: [\n"),
        ("values/a=b,c.txt", "one, two = three\n"),
        ("values/text.txt", "line 1\nline 2: {x}\n"),
    ];

    public SampleCharts()
    {
        foreach (var (path, text) in Files)
        {
            var file = Path.Combine(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.WriteAllBytes(Path.Combine(Folder, "values/binary.bin"), [0, 255, 128, 65, 10]);
        using var archive = new GZipStream(File.Create(Path.Combine(Folder, "web-1.2.3.tgz")), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(Path.Combine(Folder, "web"), archive, includeBaseDirectory: true);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("naas-template-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

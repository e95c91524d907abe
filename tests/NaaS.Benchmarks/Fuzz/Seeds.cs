using System.Formats.Tar;
using System.IO.Compression;
using NaaS.Helm.Charts;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Good inputs that are damaged, and the words of each language.</summary>
internal static class Seeds
{
    public static IReadOnlyList<string> Templates { get; } =
    [
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include \"web.name\" . | trunc 63 | trimSuffix \"-\" }}\n",
        "{{- define \"web.name\" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}{{ template \"web.name\" . }}",
        "{{ range $i, $e := .Values.list }}{{ if gt $i 2 }}{{ break }}{{ else }}{{ continue }}{{ end }}{{ else }}none{{ end }}",
        "{{ with $x := .Values.a }}{{ $x.b }}{{ else with .Values.c }}{{ . }}{{ end }}{{ $y := 1 }}{{ $y = 2 }}",
        "{{/* a comment */}}{{- /* another */ -}}{{ \"quoted \\\" \\n\" }}{{ `raw` }}{{ 'c' }}{{ 0x1F }}{{ 1e3 }}{{ 1i }}{{ nil }}{{ true }}",
        "{{ if and (eq .Values.a 1) (or .Values.b (not .Values.c)) }}x{{ else if .Values.d }}y{{ end }}",
        "{{ block \"b\" . }}{{ (index .Values.m \"k\").x.y }}{{ end }}{{ printf \"%05.2f %v %q\" 1.5 .Values \"s\" }}",
        "{{ tpl (toYaml .Values | nindent 4) . }}{{ dict \"a\" (list 1 2 3) \"b\" (dict) | toJson }}{{ until 5 }}",
        "{{ $ | toYaml }}{{ .Files.Get \"x\" }}{{ .Capabilities.APIVersions.Has \"v1\" }}{{ lookup \"v1\" \"Pod\" \"\" \"\" }}",
        "{{ regexReplaceAll \"(a|b)+c?\" \"abac\" \"${1}x\" }}{{ mustRegexMatch \"^[a-z]+$\" \"abc\" }}{{ splitList \",\" \"a,b\" | join \";\" }}",
    ];

    public static IReadOnlyList<string> TemplateWords { get; } =
    [
        "{{", "}}", "{{-", "-}}", "{{ end }}", "{{ if .x }}", "{{ range . }}", "{{ with . }}", "{{ define \"a\" }}", "{{ template \"a\" . }}", "{{ else }}", "{{ break }}",
        "(", ")", "((", "|", ":=", "=", ",", ".", "..", "$", "$x", "\"", "`", "'", "\\", "/*", "*/", "{{/*", "nil", "0x", "1e999", "9223372036854775808", "-", "+", "\n", "\r\n", "\0",
        "include \"a\" .", "tpl .", "until 9999", "repeat 9999 \"x\"", "printf \"%9999999d\" 1", "toYaml", "fromYaml", "index", ".Values", "\u00e9", "\U0001F600", "len", "call", "not",
    ];

    public static IReadOnlyList<string> Yaml { get; } =
    [
        "a: 1\nb: [x, 'y', \"z\\u00e9\"]\nc: {d: null, e: ~, f: 1.5e3}\n",
        "- one\n- two: {three: 3}\n-\n  - nested\n  -   deeper: |\n        text\n         more\n\n      x: >-\n        folded\n        text\n",
        "base: &b {k: v}\nuse: *b\nmerged:\n  <<: *b\n  k: w\n",
        "? complex key\n: value\n? [a, b]\n: !!str 12\n!!int \"3\": !custom x\n",
        "%YAML 1.1\n---\nfirst: yes\n...\n---\nsecond: 0o17\n# comment\n",
        "literal: |+2\n   x\n\n\nplain text: multi\n  line\n  scalar\n\"quo\\\n  ted\": '''single'' quoted'\n",
        "yes: no\non: 0x1F\n.inf: .nan\n2020-01-01: 12:30:45\n1_000: 0b11\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\n  annotations: {helm.sh/hook: pre-install}\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: \"b:1\"\n",
        "{\"json\": [1, 2, {\"x\": \"\\ud83d\\ude00\"}], \"y\": false}",
    ];

    public static IReadOnlyList<string> YamlWords { get; } =
    [
        "&a ", "*a", "&a [*a,*a]", "<<: *a", "- ", "? ", ": ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", "'", "\"", "|", ">", "|-", ">+", "!!binary ", "!!float ", "!<x> ", "%TAG ! x\n", "---\n", "...\n",
        "#", " #", "@", "`", "\\x", "\\u", "\\U0010FFFF", "\0", "\u0085", "\u2028", "\ufeff", "~", "null", ".inf", "0x", "1e400", "9999999999999999999999", "-0", "0o8", "y", "[[", "{a: ", "- - - ", "a: b: c", "\r",
    ];

    public static IReadOnlyList<string> ChartFiles { get; } =
    [
        "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n- {name: s, version: 1.x, repository: \"\", condition: s.on, tags: [t], import-values: [d, {child: a, parent: b}], alias: q}\nmaintainers: [{name: m}]\n",
        "apiVersion: v1\nname: c\nversion: 1.2.3-rc.1+b\nkubeVersion: \">=1.2\"\nappVersion: 1.10\nannotations: {a: b}\ntype: library\n",
        "apiVersion: v2\nname: s\nversion: 1.0.0\n",
    ];

    public static IReadOnlyList<string> SetArguments { get; } =
        ["a=1,b.c=x", "l[0].x=1,l[2]={a,b,{c}}", @"a\.b=x\,y", "a=", "a={}", "a=[1,{\"b\":null}]", "{\"a\":{\"b\":[1.5]}}", "x.y[1][2].z=null,x=true"];

    public static IReadOnlyList<string> SetWords { get; } =
        ["[", "]", "[0]", "[65536]", "[-1]", "[99999999999]", "{", "}", ",", "=", ".", "\\", "null", "\"", "a.", "a[0].", "{{", "\0", "\u00e9", " "];

    public static IReadOnlyList<string> Toml { get; } =
        ["a = 1\n[b]\nc = \"x\"\n[[d]]\ne = [1, 2]\nf = {g = 1.5, h = 1979-05-27T07:32:00Z}\n", "s = '''x\ny'''\nt = \"\"\"a\\\n  b\"\"\"\nu = inf\nv.w.\"x y\" = 0x1F\n"];

    public static IReadOnlyList<string> TomlWords { get; } =
        ["[", "]", "[[", "]]", "{", "}", "=", ".", "\"", "'", "\"\"\"", "'''", "\n", "#", "1e999", "0x", "nan", "1979-05-27", "\\u", "\0", ",", "a.", "[a."];

    /// <summary>A chart without templates.</summary>
    public static Chart EmptyChart { get; } = ChartOf([]);

    /// <summary>A chart with one template.</summary>
    public static Chart ChartOf(byte[] template)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Ustar))
        {
            Add(tar, "c/Chart.yaml", System.Text.Encoding.UTF8.GetBytes(ChartFiles[2]));
            Add(tar, "c/values.yaml", System.Text.Encoding.UTF8.GetBytes(Yaml[0]));
            Add(tar, "c/templates/a.yaml", template);
        }

        packed.Position = 0;
        return ChartLoader.FromArchive(packed);
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}

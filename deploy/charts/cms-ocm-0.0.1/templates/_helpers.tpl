{{/*
Labels of everything. The chart's version is not among them: a new version then changes only the objects that it means to change, and restarts no pod.
*/}}
{{- define "cms.labels" -}}
app: {{ .app }}
app.kubernetes.io/name: {{ .app }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: cms-ocm
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "cms.selector" -}}
app: {{ .app }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "cms.image" -}}
{{ .repository }}:{{ .tag }}
{{- end }}

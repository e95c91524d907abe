using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>
/// Reads Kubernetes' protobuf as JSON, for the kinds that Go clients create with it by default (<c>kubectl create configmap</c>, Helm's
/// release secrets). The models tell the types, so only field numbers stand here; what is not listed is not understood (415).
/// </summary>
internal static class ProtobufTree
{
    // model  number field ...   (of k8s.io/api's generated.proto)
    private const string Table = """
        ObjectMeta 1 name 2 generateName 3 namespace 4 selfLink 5 uid 6 resourceVersion 7 generation 8 creationTimestamp 9 deletionTimestamp 10 deletionGracePeriodSeconds 11 labels 12 annotations 13 ownerReferences 14 finalizers
        OwnerReference 5 apiVersion 1 kind 3 name 4 uid 6 controller 7 blockOwnerDeletion
        Namespace 1 metadata 2 spec 3 status
        NamespaceSpec 1 finalizers
        NamespaceStatus 1 phase
        ConfigMap 1 metadata 2 data 3 binaryData 4 immutable
        Secret 1 metadata 2 data 3 type 4 stringData 5 immutable
        ServiceAccount 1 metadata 2 secrets 3 imagePullSecrets 4 automountServiceAccountToken
        LocalObjectReference 1 name
        ResourceQuota 1 metadata 2 spec 3 status
        ResourceQuotaSpec 1 hard 2 scopes
        ResourceQuotaStatus 1 hard 2 used
        Role 1 metadata 2 rules
        ClusterRole 1 metadata 2 rules
        PolicyRule 1 verbs 2 apiGroups 3 resources 4 resourceNames 5 nonResourceURLs
        RoleBinding 1 metadata 2 subjects 3 roleRef
        ClusterRoleBinding 1 metadata 2 subjects 3 roleRef
        Subject 1 kind 2 apiGroup 3 name 4 namespace
        RoleRef 1 apiGroup 2 kind 3 name
        PriorityClass 1 metadata 2 value 3 globalDefault 4 description 5 preemptionPolicy
        PodDisruptionBudget 1 metadata 2 spec 3 status
        PodDisruptionBudgetSpec 1 minAvailable 2 selector 3 maxUnavailable
        PodDisruptionBudgetStatus 3 disruptionsAllowed 4 currentHealthy 5 desiredHealthy 6 expectedPods
        LabelSelector 1 matchLabels 2 matchExpressions
        LabelSelectorRequirement 1 key 2 operator 3 values
        Service 1 metadata 2 spec 3 status
        ServiceSpec 1 ports 2 selector 3 clusterIP 4 type 5 externalIPs 7 sessionAffinity 8 loadBalancerIP 10 externalName
        ServicePort 1 name 2 protocol 3 port 4 targetPort 5 nodePort 6 appProtocol
        ServiceStatus 1 loadBalancer
        LoadBalancerStatus
        Deployment 1 metadata 2 spec 3 status
        DeploymentSpec 1 replicas 2 selector 3 template 4 strategy 5 minReadySeconds 6 revisionHistoryLimit 7 paused 9 progressDeadlineSeconds
        DeploymentStrategy 1 type
        DeploymentStatus 1 observedGeneration 2 replicas 3 updatedReplicas 4 availableReplicas 5 unavailableReplicas 7 readyReplicas
        Job 1 metadata 2 spec 3 status
        JobSpec 1 parallelism 2 completions 3 activeDeadlineSeconds 4 selector 5 manualSelector 6 template 7 backoffLimit 8 ttlSecondsAfterFinished
        JobStatus 4 active 5 succeeded 6 failed
        CronJob 1 metadata 2 spec 3 status
        CronJobSpec 1 schedule 2 startingDeadlineSeconds 3 concurrencyPolicy 4 suspend 5 jobTemplate
        CronJobStatus
        JobTemplateSpec 1 metadata 2 spec
        PodTemplateSpec 1 metadata 2 spec
        PodSpec 2 containers 3 restartPolicy 4 terminationGracePeriodSeconds 5 activeDeadlineSeconds 6 dnsPolicy 8 serviceAccountName 10 nodeName
        Container 1 name 2 image 3 command 4 args 5 workingDir 6 ports 7 env 8 resources 14 imagePullPolicy
        ContainerPort 1 name 2 hostPort 3 containerPort 4 protocol
        EnvVar 1 name 2 value
        ResourceRequirements 1 limits 2 requests
        HorizontalPodAutoscaler 1 metadata 2 spec 3 status
        HorizontalPodAutoscalerSpec 1 scaleTargetRef 2 minReplicas 3 maxReplicas 4 metrics
        HorizontalPodAutoscalerStatus
        CrossVersionObjectReference 1 kind 2 name 3 apiVersion
        MetricSpec 1 type 4 resource
        ResourceMetricSource 1 name 2 target
        MetricTarget 1 type 2 value 3 averageValue 4 averageUtilization
        Lease 1 metadata 2 spec
        LeaseSpec 1 holderIdentity 2 leaseDurationSeconds 3 acquireTime 4 renewTime 5 leaseTransitions
        """;

    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> Fields = Table.Split('\n')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(w => w[0], w => w.Skip(1).Chunk(2).ToFrozenDictionary(p => int.Parse(p[0], CultureInfo.InvariantCulture), p => p[1]));

    /// <summary>Whether the bytes begin as Kubernetes' protobuf does.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => body.StartsWith("k8s\0"u8);

    /// <summary>The object in a body; one of a kind that is not listed is a 415.</summary>
    public static JsonObject Parse(ReadOnlySpan<byte> body)
    {
        var type = new JsonObject();
        var raw = ReadOnlySpan<byte>.Empty;
        var envelope = new Reader(body[4..]);
        while (envelope.Next(out var number))
        {
            switch (number)
            {
                case 1:
                    var meta = new Reader(envelope.Bytes());
                    while (meta.Next(out var field))
                    {
                        type[field == 1 ? "apiVersion" : "kind"] = Encoding.UTF8.GetString(meta.Bytes());
                    }
                    break;
                case 2:
                    raw = envelope.Bytes();
                    break;
                default:
                    envelope.Skip();
                    break;
            }
        }
        var (apiVersion, kind) = (type.Str("apiVersion") ?? "", type.Str("kind") ?? "");
        if (kind == "DeleteOptions")
        {
            return DeleteOptions(raw);
        }
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var shape = ModelShapes.Of(slash < 0 ? "" : apiVersion[..slash], apiVersion[(slash + 1)..], kind) ?? throw NotUnderstood();
        var json = Message(shape, raw);
        json["apiVersion"] = apiVersion;
        json["kind"] = kind;
        return json;
    }

    private static JsonObject Message(Schema schema, ReadOnlySpan<byte> bytes)
    {
        var model = schema.Name![(schema.Name!.LastIndexOf('.') + 1)..];
        if (!Fields.TryGetValue(model, out var numbers))
        {
            throw NotUnderstood();
        }
        var json = new JsonObject();
        var reader = new Reader(bytes);
        while (reader.Next(out var number))
        {
            if (!numbers.TryGetValue(number, out var name))
            {
                // Empty parts of messages are written too; only content that would be lost matters.
                reader.SkipEmpty();
                continue;
            }
            Add(json, name, schema.Fields.TryGetValue(name, out var shape) ? shape : throw NotUnderstood(), ref reader);
        }
        return json;
    }

    private static void Add(JsonObject json, string name, Schema schema, ref Reader reader)
    {
        switch (schema.Type)
        {
            case SchemaType.List:
                var list = json[name] as JsonArray ?? [];
                json[name] ??= list;
                list.Add(Value(schema.Items, ref reader));
                break;
            case SchemaType.Map:
                var entry = new Reader(reader.Bytes());
                var (key, value) = ("", (JsonNode?)"");
                while (entry.Next(out var part))
                {
                    if (part == 1)
                    {
                        key = Encoding.UTF8.GetString(entry.Bytes());
                    }
                    else
                    {
                        value = Value(schema.Items, ref entry);
                    }
                }
                json.Need(name)[key] = value;
                break;
            default:
                var read = Value(schema, ref reader);
                if (read is not JsonObject { Count: 0 } && read.Str() != "" && read is not null)
                {
                    json[name] = read;
                }
                break;
        }
    }

    private static JsonNode? Value(Schema schema, ref Reader reader) => schema.Type switch
    {
        SchemaType.Boolean => reader.Varint() != 0,
        SchemaType.Integer => (long)reader.Varint(),
        SchemaType.IntOrString when schema.Format == "quantity" => Text(reader.Bytes(), 1),
        SchemaType.IntOrString => IntOrString(reader.Bytes()),
        SchemaType.String when schema.Format == "byte" => Convert.ToBase64String(reader.Bytes()),
        SchemaType.String when schema.Format == "date-time" => Time(reader.Bytes()),
        SchemaType.String => Encoding.UTF8.GetString(reader.Bytes()),
        SchemaType.Object => Message(schema, reader.Bytes()),
        _ => throw NotUnderstood(),
    };

    private static string Text(ReadOnlySpan<byte> message, int wanted)
    {
        var reader = new Reader(message);
        var text = "";
        while (reader.Next(out var number))
        {
            if (number == wanted)
            {
                text = Encoding.UTF8.GetString(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }
        return text;
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> message)
    {
        var reader = new Reader(message);
        var (isText, number, text) = (false, 0L, "");
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case 1:
                    isText = reader.Varint() == 1;
                    break;
                case 2:
                    number = (long)reader.Varint();
                    break;
                default:
                    text = Encoding.UTF8.GetString(reader.Bytes());
                    break;
            }
        }
        return isText ? JsonValue.Create(text) : JsonValue.Create(number);
    }

    private static JsonValue? Time(ReadOnlySpan<byte> message)
    {
        var reader = new Reader(message);
        var (seconds, nanos) = (0L, 0L);
        while (reader.Next(out var field))
        {
            var value = (long)reader.Varint();
            (seconds, nanos) = field == 1 ? (value, nanos) : (seconds, value);
        }
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100);
        return message.IsEmpty ? null : JsonValue.Create(nanos == 0 ? Json.Time(at) : Json.MicroTime(at));
    }

    private static JsonObject DeleteOptions(ReadOnlySpan<byte> raw)
    {
        var json = new JsonObject();
        var reader = new Reader(raw);
        while (reader.Next(out var number))
        {
            switch (number)
            {
                case 1:
                    json["gracePeriodSeconds"] = (long)reader.Varint();
                    break;
                case 2:
                    var conditions = reader.Bytes();
                    json["preconditions"] = new JsonObject(new[] { ("uid", Text(conditions, 1)), ("resourceVersion", Text(conditions, 2)) }
                        .Where(c => c.Item2.Length > 0).Select(c => KeyValuePair.Create(c.Item1, (JsonNode?)c.Item2)));
                    break;
                case 3:
                    json["orphanDependents"] = reader.Varint() != 0;
                    break;
                case 4:
                    json["propagationPolicy"] = Encoding.UTF8.GetString(reader.Bytes());
                    break;
                case 5:
                    json["dryRun"] = new JsonArray(Encoding.UTF8.GetString(reader.Bytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return json;
    }

    private static ApiStatusException NotUnderstood() => ApiErrors.UnsupportedMediaType("application/json, application/yaml");

    /// <summary>Walks over a message's fields.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;
        private int _wire;

        public bool Next(out int number)
        {
            number = 0;
            if (_rest.IsEmpty)
            {
                return false;
            }
            var tag = Number();
            (number, _wire) = ((int)(tag >> 3), (int)(tag & 7));
            return true;
        }

        public ulong Varint() => _wire == 0 ? Number() : throw new FormatException("a number was expected");

        public ReadOnlySpan<byte> Bytes()
        {
            var length = _wire == 2 ? Number() : throw new FormatException("a string or message was expected");
            if (length > (ulong)_rest.Length)
            {
                throw new FormatException("unexpected end of message");
            }
            var taken = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return taken;
        }

        public void Skip()
        {
            switch (_wire)
            {
                case 0:
                    Number();
                    break;
                case 2:
                    Bytes();
                    break;
                case 1 or 5:
                    _rest = _rest[Math.Min(_rest.Length, _wire == 1 ? 8 : 4)..];
                    break;
                default:
                    throw new FormatException($"unknown wire type {_wire}");
            }
        }

        public void SkipEmpty()
        {
            var nothing = _wire switch { 0 => Number() == 0, 2 => IsEmptyMessage(Bytes()), _ => false };
            if (!nothing)
            {
                throw NotUnderstood();
            }
        }

        /// <summary>Nothing but zeros and empty messages.</summary>
        private static bool IsEmptyMessage(ReadOnlySpan<byte> message)
        {
            var reader = new Reader(message);
            while (reader.Next(out _))
            {
                if (!(reader._wire switch { 0 => reader.Number() == 0, 2 => IsEmptyMessage(reader.Bytes()), _ => false }))
                {
                    return false;
                }
            }
            return true;
        }

        private ulong Number()
        {
            var value = 0UL;
            for (var shift = 0; shift < 64; shift += 7)
            {
                if (_rest.IsEmpty)
                {
                    break;
                }
                var next = _rest[0];
                _rest = _rest[1..];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }
            throw new FormatException("unexpected end of message");
        }
    }
}

namespace NaaS.Sandbox.Store;

/// <summary>The kinds that every API server of the sandbox knows from the start, and OCM's.</summary>
internal static class Kinds
{
    private const string Ocm = "cluster.open-cluster-management.io";
    private const string Work = "work.open-cluster-management.io";
    private static readonly ScalePaths Replicas = new(".spec.replicas", ".status.replicas", ".spec.selector");

    public static readonly ResourceType Namespaces = Global("", "v1", "namespaces", "Namespace", "ns").Reporting();
    public static readonly ResourceType Nodes = Global("", "v1", "nodes", "Node", "no").Reporting();
    public static readonly ResourceType PersistentVolumes = Global("", "v1", "persistentvolumes", "PersistentVolume", "pv").Reporting();
    public static readonly ResourceType Pods = Local("", "v1", "pods", "Pod", "po").Reporting().Counted().InAll();
    public static readonly ResourceType Services = Local("", "v1", "services", "Service", "svc").Reporting().InAll();
    public static readonly ResourceType ConfigMaps = Local("", "v1", "configmaps", "ConfigMap", "cm");
    public static readonly ResourceType Secrets = Local("", "v1", "secrets", "Secret");
    public static readonly ResourceType ServiceAccounts = Local("", "v1", "serviceaccounts", "ServiceAccount", "sa");
    public static readonly ResourceType PersistentVolumeClaims = Local("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", "pvc").Reporting();
    public static readonly ResourceType Endpoints = Local("", "v1", "endpoints", "Endpoints", "ep") with { Singular = "endpoints" };
    public static readonly ResourceType Events = Local("", "v1", "events", "Event", "ev");
    public static readonly ResourceType ResourceQuotas = Local("", "v1", "resourcequotas", "ResourceQuota", "quota").Reporting();
    public static readonly ResourceType LimitRanges = Local("", "v1", "limitranges", "LimitRange", "limits");
    public static readonly ResourceType PodTemplates = Local("", "v1", "podtemplates", "PodTemplate").Counted();
    public static readonly ResourceType ReplicationControllers =
        (Local("", "v1", "replicationcontrollers", "ReplicationController", "rc") with { Scale = Replicas }).Reporting().Counted().InAll();

    public static readonly ResourceType Deployments =
        (Local("apps", "v1", "deployments", "Deployment", "deploy") with { Scale = Replicas }).Reporting().Counted().InAll();
    public static readonly ResourceType ReplicaSets =
        (Local("apps", "v1", "replicasets", "ReplicaSet", "rs") with { Scale = Replicas }).Reporting().Counted().InAll();
    public static readonly ResourceType StatefulSets =
        (Local("apps", "v1", "statefulsets", "StatefulSet", "sts") with { Scale = Replicas }).Reporting().Counted().InAll();
    public static readonly ResourceType DaemonSets = Local("apps", "v1", "daemonsets", "DaemonSet", "ds").Reporting().Counted().InAll();
    public static readonly ResourceType ControllerRevisions = Local("apps", "v1", "controllerrevisions", "ControllerRevision");

    public static readonly ResourceType Jobs = Local("batch", "v1", "jobs", "Job").Reporting().Counted().InAll();
    public static readonly ResourceType CronJobs = Local("batch", "v1", "cronjobs", "CronJob", "cj").Reporting().Counted().InAll();

    public static readonly ResourceType HorizontalPodAutoscalers =
        (Local("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "hpa") with { Versions = ["v2", "v1"] }).Reporting().InAll();
    public static readonly ResourceType PodDisruptionBudgets =
        Local("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", "pdb").Reporting().Counted();

    public static readonly ResourceType NetworkPolicies = Local("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", "netpol").Counted();
    public static readonly ResourceType Ingresses = Local("networking.k8s.io", "v1", "ingresses", "Ingress", "ing").Reporting().Counted();
    public static readonly ResourceType IngressClasses = Global("networking.k8s.io", "v1", "ingressclasses", "IngressClass").Counted();

    public static readonly ResourceType Roles = Local("rbac.authorization.k8s.io", "v1", "roles", "Role");
    public static readonly ResourceType RoleBindings = Local("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    public static readonly ResourceType ClusterRoles = Global("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");
    public static readonly ResourceType ClusterRoleBindings = Global("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding");

    public static readonly ResourceType StorageClasses = Global("storage.k8s.io", "v1", "storageclasses", "StorageClass", "sc");
    public static readonly ResourceType VolumeAttachments = Global("storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment").Reporting();
    public static readonly ResourceType CsiDrivers = Global("storage.k8s.io", "v1", "csidrivers", "CSIDriver");
    public static readonly ResourceType CsiNodes = Global("storage.k8s.io", "v1", "csinodes", "CSINode");

    public static readonly ResourceType CustomResourceDefinitions =
        Global("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", "crd", "crds").Reporting().Counted();
    public static readonly ResourceType ApiServices =
        Global("apiregistration.k8s.io", "v1", "apiservices", "APIService").Reporting();
    public static readonly ResourceType PriorityClasses = Global("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", "pc").Counted();
    public static readonly ResourceType RuntimeClasses = Global("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass");
    public static readonly ResourceType MutatingWebhooks =
        Global("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration").Counted();
    public static readonly ResourceType ValidatingWebhooks =
        Global("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration").Counted();
    public static readonly ResourceType AdmissionPolicies =
        Global("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy").Reporting().Counted();
    public static readonly ResourceType AdmissionPolicyBindings =
        Global("admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding").Counted();
    public static readonly ResourceType Leases = Local("coordination.k8s.io", "v1", "leases", "Lease");
    public static readonly ResourceType EndpointSlices = Local("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice").Counted();
    public static readonly ResourceType CertificateSigningRequests =
        Global("certificates.k8s.io", "v1", "certificatesigningrequests", "CertificateSigningRequest", "csr").Reporting();

    public static readonly ResourceType ManagedClusters = Custom(Global(Ocm, "v1", "managedclusters", "ManagedCluster", "mcl", "mcls")) with
    {
        Columns =
        [
            new("Hub Accepted", "boolean", ".spec.hubAcceptsClient"),
            new("Managed Cluster URLs", "string", ".spec.managedClusterClientConfigs[*].url"),
            new("Joined", "string", ".status.conditions[?(@.type==\"ManagedClusterJoined\")].status"),
            new("Available", "string", ".status.conditions[?(@.type==\"ManagedClusterConditionAvailable\")].status"),
            new("Age", "date", ".metadata.creationTimestamp"),
        ],
    };
    public static readonly ResourceType ManagedClusterSets = Custom(Global(Ocm, "v1beta2", "managedclustersets", "ManagedClusterSet", "mclset", "mclsets")) with
    {
        Columns =
        [
            new("Empty", "string", ".status.conditions[?(@.type==\"ClusterSetEmpty\")].status"),
            new("Age", "date", ".metadata.creationTimestamp"),
        ],
    };
    public static readonly ResourceType ManagedClusterSetBindings =
        Custom(Local(Ocm, "v1beta2", "managedclustersetbindings", "ManagedClusterSetBinding", "mclsetbinding", "mclsetbindings"));
    public static readonly ResourceType Placements = Custom(Local(Ocm, "v1beta1", "placements", "Placement")) with
    {
        Columns =
        [
            new("Succeeded", "string", ".status.conditions[?(@.type==\"PlacementSatisfied\")].status"),
            new("Reason", "string", ".status.conditions[?(@.type==\"PlacementSatisfied\")].reason"),
            new("SelectedClusters", "integer", ".status.numberOfSelectedClusters"),
        ],
    };
    public static readonly ResourceType PlacementDecisions = Custom(Local(Ocm, "v1beta1", "placementdecisions", "PlacementDecision"));
    public static readonly ResourceType AddOnPlacementScores = Custom(Local(Ocm, "v1alpha1", "addonplacementscores", "AddOnPlacementScore"));
    public static readonly ResourceType ManifestWorks = Custom(Local(Work, "v1", "manifestworks", "ManifestWork"));
    public static readonly ResourceType ManifestWorkReplicaSets =
        Custom(Local(Work, "v1alpha1", "manifestworkreplicasets", "ManifestWorkReplicaSet", "mwrs")) with
        {
            Columns =
        [
            new("Placement", "string", ".status.conditions[?(@.type==\"PlacementVerified\")].reason"),
            new("Found", "string", ".status.conditions[?(@.type==\"PlacementVerified\")].status"),
            new("ManifestWorks", "string", ".status.conditions[?(@.type==\"ManifestworkApplied\")].reason"),
            new("Applied", "string", ".status.conditions[?(@.type==\"ManifestworkApplied\")].status"),
        ],
        };
    public static readonly ResourceType ClusterClaims = Custom(Global(Ocm, "v1alpha1", "clusterclaims", "ClusterClaim")) with { HasStatus = false };
    public static readonly ResourceType AppliedManifestWorks = Custom(Global(Work, "v1", "appliedmanifestworks", "AppliedManifestWork"));
    public static readonly ResourceType ServiceExports =
        Custom(Local("multicluster.x-k8s.io", "v1alpha1", "serviceexports", "ServiceExport", "svcex"));
    public static readonly ResourceType ServiceImports =
        Custom(Local("multicluster.x-k8s.io", "v1alpha1", "serviceimports", "ServiceImport", "svcim"));

    /// <summary>Kinds on hub and clusters.</summary>
    public static readonly IReadOnlyList<ResourceType> Everywhere =
    [
        Namespaces, Nodes, PersistentVolumes, Pods, Services, ConfigMaps, Secrets, ServiceAccounts, PersistentVolumeClaims, Endpoints, Events,
        ResourceQuotas, LimitRanges, PodTemplates, ReplicationControllers, Deployments, ReplicaSets, StatefulSets, DaemonSets, ControllerRevisions,
        Jobs, CronJobs, HorizontalPodAutoscalers, PodDisruptionBudgets, NetworkPolicies, Ingresses, IngressClasses,
        Roles, RoleBindings, ClusterRoles, ClusterRoleBindings, StorageClasses, VolumeAttachments, CsiDrivers, CsiNodes,
        CustomResourceDefinitions, ApiServices, PriorityClasses, RuntimeClasses, MutatingWebhooks, ValidatingWebhooks,
        AdmissionPolicies, AdmissionPolicyBindings, Leases, EndpointSlices, CertificateSigningRequests,
    ];

    /// <summary>OCM's kinds on the hub.</summary>
    public static readonly IReadOnlyList<ResourceType> OnHub =
    [
        ManagedClusters, ManagedClusterSets, ManagedClusterSetBindings, Placements, PlacementDecisions, AddOnPlacementScores,
        ManifestWorks, ManifestWorkReplicaSets,
    ];

    /// <summary>OCM's and multi-cluster kinds on a managed cluster.</summary>
    public static readonly IReadOnlyList<ResourceType> OnCluster = [ClusterClaims, AppliedManifestWorks, ServiceExports, ServiceImports];

    /// <summary>What the API server calls the scale of a kind in its refusals.</summary>
    public static ResourceType ScaleOf(ResourceType type) => new("autoscaling", "v1", type.Plural, "Scale", type.Namespaced);

    private static ResourceType Global(string group, string version, string plural, string kind, params string[] shortNames) =>
        new(group, version, plural, kind, false) { ShortNames = shortNames };

    private static ResourceType Local(string group, string version, string plural, string kind, params string[] shortNames) =>
        new(group, version, plural, kind, true) { ShortNames = shortNames };

    private static ResourceType Custom(ResourceType type) => type with { Custom = true, HasStatus = true, HasGeneration = true };

    private static ResourceType Reporting(this ResourceType type) => type with { HasStatus = true };

    private static ResourceType Counted(this ResourceType type) => type with { HasGeneration = true };

    private static ResourceType InAll(this ResourceType type) => type with { Categories = ["all"] };
}

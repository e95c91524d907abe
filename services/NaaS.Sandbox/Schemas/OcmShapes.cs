using System.Collections.Frozen;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Schemas;

/// <summary>The shapes of Open Cluster Management's kinds (v1.3) and of the Multi-Cluster Services API, apiVersion, kind and metadata apart.</summary>
internal static class OcmShapes
{
    private static readonly FrozenDictionary<string, Schema> Shapes = Build();

    /// <summary>The shape of a kind, or null for other kinds.</summary>
    public static Schema? Of(ResourceType type) => Shapes.GetValueOrDefault(type.GroupResource);

    private static FrozenDictionary<string, Schema> Build()
    {
        var text = new ShapeText();
        text.Pattern("qualified", @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$");
        text.Pattern("reason", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$");
        text.Pattern("dns", @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$");
        text.Pattern("label", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
        text.Pattern("share", "^((100|[1-9][0-9]{0,1})%|[1-9][0-9]*)$");
        text.Pattern("failures", "^((100|[0-9]{1,2})%|[0-9]+)$");
        text.Pattern("deadline", "^(([0-9])+[h|m|s])|None$");
        text.Shape("condition", Condition);
        text.Shape("selectors", Selectors);
        text.Shape("work", WorkSpec);
        text.Shape("rollout", Rollout);
        text.Shape("counts", Counts);
        return new Dictionary<string, Schema>
        {
            [Kinds.ManagedClusters.GroupResource] = text.Read(ManagedCluster),
            [Kinds.ManagedClusterSets.GroupResource] = text.Read(ManagedClusterSet),
            [Kinds.ManagedClusterSetBindings.GroupResource] = text.Read(ManagedClusterSetBinding),
            [Kinds.Placements.GroupResource] = text.Read(Placement),
            [Kinds.PlacementDecisions.GroupResource] = text.Read(PlacementDecision),
            [Kinds.AddOnPlacementScores.GroupResource] = text.Read(AddOnPlacementScore),
            [Kinds.ClusterClaims.GroupResource] = text.Read(ClusterClaim),
            [Kinds.ManifestWorks.GroupResource] = text.Read(ManifestWork),
            [Kinds.ManifestWorkReplicaSets.GroupResource] = text.Read(ManifestWorkReplicaSet),
            [Kinds.AppliedManifestWorks.GroupResource] = text.Read(AppliedManifestWork),
            [Kinds.ServiceExports.GroupResource] = text.Read(ServiceExport),
            [Kinds.ServiceImports.GroupResource] = text.Read(ServiceImport),
        }.ToFrozenDictionary();
    }

    private const string Condition = """
        lastTransitionTime* time
        message* text len=..32768
        observedGeneration int64 min=0
        reason* text len=1..1024 ~@reason
        status* text True|False|Unknown
        type* text len=..316 ~@qualified
        """;

    private const string Selectors = """
        claimSelector
          matchExpressions []obj
            key* text
            operator* text
            values []text
        labelSelector atomic
          matchExpressions []obj
            key* text
            operator* text
            values []text
          matchLabels map
        """;

    private const string ManagedCluster = """
        spec
          hubAcceptsClient bool
          leaseDurationSeconds int32 =60
          managedClusterClientConfigs []obj
            caBundle bytes
            url* text
          taints []obj
            effect* text NoSelect|PreferNoSelect|NoSelectIfNew
            key* text len=..316 ~@qualified
            timeAdded time nullable
            value text len=..1024
        status
          allocatable quantities
          capacity quantities
          clusterClaims []obj
            name text len=1..253
            value text len=1..1024
          conditions [type]obj
            @condition
          managedNamespaces [clusterSet,name]obj
            clusterSet* text
            conditions [type]obj
              @condition
            name* text len=..63 ~@label
          version
            kubernetes text
        """;

    private const string ManagedClusterSet = """
        spec obj ={"clusterSelector":{"selectorType":"ExclusiveClusterSetLabel"}}
          clusterSelector obj ={"selectorType":"ExclusiveClusterSetLabel"}
            labelSelector atomic
              matchExpressions []obj
                key* text
                operator* text
                values []text
              matchLabels map
            selectorType* text =ExclusiveClusterSetLabel ExclusiveClusterSetLabel|LabelSelector
          managedNamespaces [name]obj
            name* text len=..63 ~@label
        status
          conditions []obj
            @condition
        """;

    private const string ManagedClusterSetBinding = """
        spec
          clusterSet text len=1..
        status
          conditions []obj
            @condition
        """;

    private const string Placement = """
        spec*
          clusterSets []text
          decisionStrategy
            groupStrategy
              clustersPerDecisionGroup intstr =100% ~@share
              decisionGroups []obj
                groupClusterSelector*
                  @selectors
                groupName* text ~^[a-zA-Z0-9][-A-Za-z0-9_.]{0,61}[a-zA-Z0-9]$
          numberOfClusters int32
          predicates []obj
            requiredClusterSelector
              celSelector
                celExpressions []text
              @selectors
          prioritizerPolicy
            configurations []obj
              scoreCoordinate*
                addOn
                  resourceName* text
                  scoreName* text
                builtIn text
                type* text =BuiltIn BuiltIn|AddOn
              weight int32 =1 min=-10 max=10
            mode text =Additive
          scoreRateLimit text =1m ~^[0-9]+[hms]$
          sortBy text =ClusterName ClusterName|Score
          spreadPolicy
            spreadConstraints []obj items=..8
              maxSkew int32 =1 min=1
              topologyKey* text len=..316 ~^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$
              topologyKeyType* text Label|Claim
              whenUnsatisfiable text =ScheduleAnyway DoNotSchedule|ScheduleAnyway
          tolerations []obj
            effect text NoSelect|PreferNoSelect|NoSelectIfNew
            key text len=..316 ~@qualified
            operator text =Equal
            tolerationSeconds int64
            value text len=..1024
        status
          conditions [type]obj
            @condition
          decisionGroups []obj
            clusterCount int32 =0
            decisionGroupIndex int32
            decisionGroupName text
            decisions []text
          lastScoreUpdateTime time
          numberOfSelectedClusters int32
        """;

    private const string PlacementDecision = """
        status
          decisions* []obj
            clusterName* text
            reason* text
            score int64
        """;

    private const string AddOnPlacementScore = """
        status
          conditions [type]obj
            @condition
          scores [name]obj
            name* text
            value* int32 min=-100 max=100
          validUntil time
        """;

    private const string ClusterClaim = """
        spec
          value text len=1..1024
        """;

    private const string WorkSpec = """
        deleteOption
          propagationPolicy text =Foreground Foreground|Orphan|SelectivelyOrphan
          selectivelyOrphans
            orphaningRules []obj
              group text
              name* text
              namespace text
              resource* text
          ttlSecondsAfterFinished int64
        executor
          subject
            serviceAccount
              name* text len=1..253 ~@dns
              namespace* text len=1..253 ~@dns
            type* text ServiceAccount
        manifestConfigs []obj
          conditionRules [condition]obj
            celExpressions []text
            condition* text
            message text
            messageExpression text
            type* text WellKnownConditions|CEL
          feedbackRules []obj
            jsonPaths [name]obj
              name* text
              path* text
              version text
            type* text WellKnownStatus|JSONPaths
          feedbackScrapeType text =Poll Poll|Watch
          resourceIdentifier*
            group text
            name* text
            namespace text
            resource* text
          updateStrategy
            serverSideApply
              fieldManager text =work-agent ~^work-agent
              force bool
              ignoreFields [condition]obj
                condition* text =OnSpokePresent OnSpokePresent|OnSpokeChange
                jqPathExpressions []text
                jsonPaths []text
                jsonPointers []text
            type* text =Update Update|CreateOnly|ServerSideApply|ReadOnly
        workload
          manifests []object
        """;

    private const string ManifestWork = """
        spec
          @work
        status
          conditions [type]obj
            @condition
          resourceStatus
            manifests []obj
              conditions* [type]obj
                @condition
              resourceMeta*
                group text
                kind text
                name text
                namespace text
                ordinal* int32
                resource text
                version text
              statusFeedback
                values [name]obj
                  fieldValue*
                    boolean bool
                    integer int64
                    jsonRaw text len=..1024
                    string text
                    type* text Integer|String|Boolean|JsonRaw
                  name* text
        """;

    private const string Rollout = """
        maxFailures intstr =0 ~@failures
        minSuccessTime text =0
        progressDeadline text =None ~@deadline
        """;

    private const string Counts = """
        applied int32
        available int32
        degraded int32
        desiredTotal int32
        progressing int32
        total int32
        updated int32
        """;

    private const string ManifestWorkReplicaSet = """
        spec
          cascadeDeletionPolicy* text =Background Background|Foreground
          manifestWorkTemplate*
            @work
          placementRefs* []obj items=1..
            name* text len=1..
            rolloutStrategy obj ={"all":{"progressDeadline":"None"},"type":"All"}
              all
                @rollout
              progressive
                mandatoryDecisionGroups []obj
                  groupIndex int32
                  groupName text
                maxConcurrency intstr ~@failures
                @rollout
              progressivePerGroup
                mandatoryDecisionGroups []obj
                  groupIndex int32
                  groupName text
                @rollout
              type text =All All|Progressive|ProgressivePerGroup
        status
          conditions [type]obj
            @condition
          placementSummary []obj
            availableDecisionGroups text
            name text
            summary
              @counts
          summary
            @counts
        """;

    private const string AppliedManifestWork = """
        spec
          agentID text
          hubHash* text
          manifestWorkName* text
        status
          appliedResources []obj
            group text
            name* text
            namespace text
            resource* text
            uid text
            version* text
          evictionStartTime time
        """;

    private const string ServiceExport = """
        spec
          exportedAnnotations map
          exportedLabels map
        status
          conditions [type]obj
            @condition
        """;

    private const string ServiceImport = """
        spec
          ipFamilies []text
          ips []text items=..2
          ports* []obj
            appProtocol text
            name text
            port* int32
            protocol text =TCP
          sessionAffinity text
          sessionAffinityConfig any
          type* text ClusterSetIP|Headless
        status
          clusters [cluster]obj
            cluster* text
          conditions [type]obj
            @condition
        """;
}

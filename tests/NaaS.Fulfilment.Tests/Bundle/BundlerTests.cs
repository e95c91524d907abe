using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Tests.Bundle;

public class BundlerTests
{
    private const string Web = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: ns}, spec: {template: {
          metadata: {labels: {app: web, tier: front}}, spec: {containers: [{name: web, image: i}]}}}}
        """;

    private const string Db = """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: ns}, spec: {serviceName: db-headless, template: {
          metadata: {labels: {app: db, tier: back}}, spec: {containers: [{name: db, image: i}]}}}}
        """;

    private static ReleaseBundle Bundle(params string[] objects) => Bundler.Bundle(Guid.Empty, [.. objects.SelectMany(Objects.Of)]);

    /// <summary>Kind/name of what goes with a workload, itself left out.</summary>
    private static IEnumerable<string> With(ReleaseBundle bundle, string workload)
    {
        var component = bundle.Components.Single(component => component.Workload.Name == workload);
        return component.Objects.Where(key => key != component.Workload).Select(key => $"{key.Kind}/{key.Name}");
    }

    private static string Simple(string kind, string name, string apiVersion = "v1", string spec = "{}", string ns = "ns") =>
        $"{{apiVersion: {apiVersion}, kind: {kind}, metadata: {{name: {name}{(ns.Length > 0 ? $", namespace: {ns}" : "")}}}, spec: {spec}}}";

    private static string Deployment(string name, string podSpec, string annotations = "{}") =>
        $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: {name}}}, annotations: {annotations}}}, spec: {podSpec}}}}}}}";

    [Theory]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("apps/v1", "StatefulSet")]
    [InlineData("apps/v1", "DaemonSet")]
    [InlineData("apps/v1", "ReplicaSet")]
    [InlineData("batch/v1", "Job")]
    [InlineData("batch/v1", "CronJob")]
    [InlineData("v1", "Pod")]
    [InlineData("v1", "ReplicationController")]
    [InlineData("postgresql.cnpg.io/v1", "Cluster")]
    public void Each_workload_is_a_component(string apiVersion, string kind)
    {
        var component = Bundle(Simple(kind, "a", apiVersion)).Components.ShouldHaveSingleItem();
        component.Workload.ShouldBe(new(apiVersion.Contains('/') ? apiVersion[..apiVersion.IndexOf('/')] : "", kind, "ns", "a"));
        component.Stateful.ShouldBe(kind is "StatefulSet" or "Cluster");
    }

    [Fact]
    public void A_custom_resource_with_a_pod_template_is_a_component_and_one_without_is_none()
    {
        var bundle = Bundle(
            Simple("Rollout", "a", "argoproj.io/v1alpha1", "{template: {spec: {containers: [{name: c}]}}}"),
            Simple("Widget", "b", "example.com/v1"),
            Simple("Deployment", "c", "example.com/v1"));
        bundle.Components.Select(component => component.Workload.Name).ShouldBe(["a"]);
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void Ids_are_stable_and_differ_by_service_kind_namespace_and_name()
    {
        var key = new ObjectKey("apps", "Deployment", "shop", "web");
        var id = ComponentId.Of(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), key);
        // Reference: uuid.uuid5(uuid.NAMESPACE_DNS, "Deployment/shop/web") of Python.
        id.ShouldBe(Guid.Parse("fa47d096-a1e0-50b8-95bd-6e3d52363d29"));
        ComponentId.Of(Guid.Empty, key).ShouldNotBe(id);
    }

    [Fact]
    public void A_Service_goes_with_pods_that_carry_all_its_pairs()
    {
        var bundle = Bundle(
            Simple("Service", "both", spec: "{selector: {app: web, tier: front}}"),
            Simple("Service", "one-of-two", spec: "{selector: {app: web, tier: back}}"),
            Simple("Service", "elsewhere", spec: "{selector: {app: web}}", ns: "other"),
            Web,
            Db);
        With(bundle, "web").ShouldBe(["Service/both"]);
        With(bundle, "db").ShouldBeEmpty();
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["one-of-two", "elsewhere"]);
    }

    [Fact]
    public void Labels_that_pods_get_while_they_run_do_not_keep_a_Service_from_its_pods()
    {
        var bundle = Bundle(
            Web,
            Db,
            Simple("Service", "leader", spec: "{selector: {app: db, role: leader}}"),
            Simple("Service", "first-pod", spec: "{selector: {statefulset.kubernetes.io/pod-name: db-0, tier: back}}"),
            Simple("Service", "other-pod", spec: "{selector: {statefulset.kubernetes.io/pod-name: web-0, tier: back}}"),
            Simple("Service", "only-runtime", spec: "{selector: {role: leader}}"));
        With(bundle, "db").ShouldBe(["Service/leader", "Service/first-pod"]);
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["other-pod", "only-runtime"]);
    }

    [Fact]
    public void Pods_bring_what_their_volumes_and_variables_name()
    {
        var bundle = Bundle(
            Deployment("a", """
                {containers: [{name: c, env: [
                    {name: X, valueFrom: {secretKeyRef: {name: env-secret, key: k}}}, {name: Y, valueFrom: {configMapKeyRef: {name: env-config, key: k}}}],
                  envFrom: [{configMapRef: {name: from-config}}]}],
                 initContainers: [{name: i, envFrom: [{secretRef: {name: init-secret}}]}],
                 imagePullSecrets: [{name: pull}], priorityClassName: high, runtimeClassName: kata, serviceAccountName: account,
                 volumes: [
                  {name: v1, secret: {secretName: volume-secret}}, {name: v2, configMap: {name: volume-config}}, {name: v3, persistentVolumeClaim: {claimName: claim}},
                  {name: v4, projected: {sources: [{secret: {name: projected-secret}}, {configMap: {name: projected-config}}, {serviceAccountToken: {path: t}}]}},
                  {name: v5, csi: {driver: d, nodePublishSecretRef: {name: csi-secret}, volumeAttributes: {secretProviderClass: provider}}},
                  {name: v6, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast}}}}]}
                """),
            string.Join("\n---\n", "env-secret init-secret pull volume-secret projected-secret csi-secret unused".Split(' ').Select(name => Simple("Secret", name))),
            string.Join("\n---\n", "env-config from-config volume-config projected-config".Split(' ').Select(name => Simple("ConfigMap", name))),
            Simple("PersistentVolumeClaim", "claim", spec: "{storageClassName: slow}"),
            Simple("StorageClass", "slow", "storage.k8s.io/v1", ns: ""),
            Simple("StorageClass", "fast", "storage.k8s.io/v1", ns: ""),
            Simple("PersistentVolume", "disk", spec: "{storageClassName: slow}", ns: ""),
            Simple("PriorityClass", "high", "scheduling.k8s.io/v1", ns: ""),
            Simple("RuntimeClass", "kata", "node.k8s.io/v1", ns: ""),
            Simple("ServiceAccount", "account"),
            Simple("SecretProviderClass", "provider", "secrets-store.csi.x-k8s.io/v1"),
            Simple("Secret", "env-secret", ns: "other"));
        bundle.Leftovers.Select(key => key.ToString()).ShouldBe(["Secret/ns/unused", "Secret/other/env-secret"]);
        bundle.Components[0].Stateful.ShouldBeTrue();
    }

    [Fact]
    public void An_account_brings_its_secrets_bindings_and_roles_but_not_the_bindings_other_accounts()
    {
        const string rbac = "rbac.authorization.k8s.io/v1";
        var bundle = Bundle(
            Deployment("a", "{serviceAccountName: mine}"),
            Deployment("b", "{serviceAccountName: other}"),
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: mine, namespace: ns}, imagePullSecrets: [{name: pull}], secrets: [{name: token}]}",
            Simple("ServiceAccount", "other"),
            Simple("Secret", "pull"),
            Simple("Secret", "token"),
            "{apiVersion: v1, kind: Secret, metadata: {name: made-token, namespace: ns, annotations: {kubernetes.io/service-account.name: mine}}}",
            $"{{apiVersion: {rbac}, kind: Role, metadata: {{name: r, namespace: ns}}, rules: []}}",
            $"{{apiVersion: {rbac}, kind: RoleBinding, metadata: {{name: rb, namespace: ns}}, roleRef: {{kind: Role, name: r}}, subjects: [{{kind: ServiceAccount, name: mine, namespace: ns}}, {{kind: ServiceAccount, name: other}}]}}",
            $"{{apiVersion: {rbac}, kind: ClusterRole, metadata: {{name: cr}}, aggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{into: cr}}}}]}}}}",
            $"{{apiVersion: {rbac}, kind: ClusterRole, metadata: {{name: part, labels: {{into: cr}}}}}}",
            $"{{apiVersion: {rbac}, kind: ClusterRoleBinding, metadata: {{name: crb}}, roleRef: {{kind: ClusterRole, name: cr}}, subjects: [{{kind: ServiceAccount, name: mine, namespace: ns}}]}}",
            $"{{apiVersion: {rbac}, kind: RoleBinding, metadata: {{name: group, namespace: ns}}, roleRef: {{kind: ClusterRole, name: view}}, subjects: [{{kind: Group, name: 'system:serviceaccounts:ns'}}]}}",
            $"{{apiVersion: {rbac}, kind: RoleBinding, metadata: {{name: people, namespace: ns}}, roleRef: {{kind: Role, name: r}}, subjects: [{{kind: User, name: jane}}]}}");
        With(bundle, "a").ShouldBe([
            "ServiceAccount/mine", "Secret/pull", "Secret/token", "Secret/made-token", "Role/r", "RoleBinding/rb", "ClusterRole/cr", "ClusterRole/part",
            "ClusterRoleBinding/crb", "RoleBinding/group"]);
        With(bundle, "b").ShouldBe(["ServiceAccount/other", "Role/r", "RoleBinding/rb", "RoleBinding/group"]);
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["people"]);
    }

    [Fact]
    public void Pods_without_an_account_use_the_default_one()
    {
        var bundle = Bundle(
            Web,
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: rb, namespace: ns}, roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: ServiceAccount, name: default}]}");
        With(bundle, "web").ShouldBe(["RoleBinding/rb"]);
    }

    [Fact]
    public void A_StatefulSet_brings_its_governing_Service_even_where_that_selects_nothing() =>
        With(Bundle(Db, Simple("Service", "db-headless")), "db").ShouldBe(["Service/db-headless"]);

    [Fact]
    public void Routes_go_with_the_Service_they_lead_to_and_bring_certificates_and_classes_but_not_other_backends()
    {
        var bundle = Bundle(
            Web,
            Db,
            Simple("Service", "web", spec: "{selector: {app: web}}"),
            Simple("Service", "db", spec: "{selector: {app: db}}"),
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: both, namespace: ns, annotations: {cert-manager.io/issuer: ca, nginx.ingress.kubernetes.io/auth-secret: basic}}
            spec:
              ingressClassName: nginx
              tls: [{secretName: tls, hosts: [a.example]}]
              rules: [{host: a.example, http: {paths: [{backend: {service: {name: web}}}, {backend: {service: {name: db}}}]}}]
            """,
            Simple("Ingress", "default-only", "networking.k8s.io/v1", "{defaultBackend: {service: {name: web}}}"),
            Simple("HTTPRoute", "route", "gateway.networking.k8s.io/v1", "{parentRefs: [{name: gate}], rules: [{backendRefs: [{name: web, port: 80}]}]}"),
            Simple("Gateway", "gate", "gateway.networking.k8s.io/v1", "{gatewayClassName: c, listeners: [{tls: {certificateRefs: [{name: gate-tls}]}}]}"),
            Simple("GatewayClass", "c", "gateway.networking.k8s.io/v1", ns: ""),
            Simple("IngressClass", "nginx", "networking.k8s.io/v1", ns: ""),
            Simple("Route", "openshift", "route.openshift.io/v1", "{to: {kind: Service, name: web}}"),
            Simple("VirtualService", "mesh", "networking.istio.io/v1", "{http: [{route: [{destination: {host: web.ns.svc.cluster.local}}]}]}"),
            Simple("IngressRoute", "traefik", "traefik.io/v1alpha1", "{routes: [{middlewares: [{name: strip}], services: [{name: web, port: 80}]}]}"),
            Simple("Middleware", "strip", "traefik.io/v1alpha1"),
            Simple("Secret", "tls"),
            Simple("Secret", "basic"),
            Simple("Secret", "gate-tls"),
            Simple("Issuer", "ca", "cert-manager.io/v1"));
        With(bundle, "web").ShouldBe([
            "Service/web", "Ingress/both", "Ingress/default-only", "HTTPRoute/route", "Gateway/gate", "GatewayClass/c", "IngressClass/nginx", "Route/openshift",
            "VirtualService/mesh", "IngressRoute/traefik", "Middleware/strip", "Secret/tls", "Secret/basic", "Secret/gate-tls", "Issuer/ca"]);
        With(bundle, "db").ShouldBe(["Service/db", "Ingress/both", "IngressClass/nginx", "Secret/tls", "Secret/basic", "Issuer/ca"]);
        bundle.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public void Autoscalers_budgets_policies_and_quotas_go_with_the_pods_they_govern()
    {
        var bundle = Bundle(
            Web,
            Db,
            Simple("HorizontalPodAutoscaler", "hpa", "autoscaling/v2", "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}"),
            Simple("ScaledObject", "keda", "keda.sh/v1alpha1", "{scaleTargetRef: {name: web}, triggers: [{authenticationRef: {name: auth}}]}"),
            Simple("TriggerAuthentication", "auth", "keda.sh/v1alpha1", "{secretTargetRef: [{parameter: p, name: keda-secret, key: k}]}"),
            Simple("Secret", "keda-secret"),
            Simple("PodDisruptionBudget", "pdb", "policy/v1", "{selector: {matchExpressions: [{key: app, operator: In, values: [db, other]}]}}"),
            Simple("NetworkPolicy", "db-only", "networking.k8s.io/v1", "{podSelector: {matchLabels: {app: db}}}"),
            Simple("NetworkPolicy", "all", "networking.k8s.io/v1", "{podSelector: {}}"),
            Simple("ResourceQuota", "quota"),
            Simple("LimitRange", "range"));
        With(bundle, "web").ShouldBe([
            "HorizontalPodAutoscaler/hpa", "ScaledObject/keda", "TriggerAuthentication/auth", "Secret/keda-secret", "NetworkPolicy/all", "ResourceQuota/quota",
            "LimitRange/range"]);
        With(bundle, "db").ShouldBe(["PodDisruptionBudget/pdb", "NetworkPolicy/db-only", "NetworkPolicy/all", "ResourceQuota/quota", "LimitRange/range"]);
    }

    [Fact]
    public void Monitors_go_with_the_Services_and_pods_they_select_and_bring_their_credentials()
    {
        var bundle = Bundle(
            Web,
            Db,
            "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: ns, labels: {scrape: 'yes'}}, spec: {selector: {app: web}}}",
            Simple("ServiceMonitor", "sm", "monitoring.coreos.com/v1", "{selector: {matchLabels: {scrape: 'yes'}}, endpoints: [{basicAuth: {username: {name: creds, key: u}}}]}", "monitoring")
                .Replace("spec: {", "spec: {namespaceSelector: {matchNames: [ns]}, ", StringComparison.Ordinal),
            Simple("Secret", "creds", ns: "monitoring"),
            Simple("PodMonitor", "pm", "monitoring.coreos.com/v1", "{selector: {matchLabels: {app: db}}}"),
            Simple("PodMonitor", "elsewhere", "monitoring.coreos.com/v1", "{selector: {matchLabels: {app: db}}}", "monitoring"));
        With(bundle, "web").ShouldBe(["Service/web", "ServiceMonitor/sm", "Secret/creds"]);
        With(bundle, "db").ShouldBe(["PodMonitor/pm"]);
    }

    [Fact]
    public void Webhooks_and_API_services_go_with_the_pods_that_answer_them()
    {
        var bundle = Bundle(
            Web,
            Simple("Service", "web", spec: "{selector: {app: web}}"),
            "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: hook, annotations: {cert-manager.io/inject-ca-from: ns/cert}}, webhooks: [{clientConfig: {service: {name: web, namespace: ns}}}]}",
            Simple("Certificate", "cert", "cert-manager.io/v1", "{secretName: made, issuerRef: {name: ca, kind: Issuer, group: cert-manager.io}}"),
            Simple("Issuer", "ca", "cert-manager.io/v1"),
            Simple("APIService", "v1.example.com", "apiregistration.k8s.io/v1", "{service: {name: web, namespace: ns}}", ""));
        With(bundle, "web").ShouldBe(["Service/web", "ValidatingWebhookConfiguration/hook", "Certificate/cert", "Issuer/ca", "APIService/v1.example.com"]);
    }

    [Fact]
    public void A_Secret_that_somebody_makes_brings_its_maker()
    {
        var bundle = Bundle(
            Deployment("a", "{volumes: [{name: v, secret: {secretName: tls}}, {name: w, secret: {secretName: vaulted}}]}"),
            Simple("Certificate", "cert", "cert-manager.io/v1", "{secretName: tls, issuerRef: {name: ca}}"),
            Simple("Issuer", "ca", "cert-manager.io/v1"),
            Simple("ExternalSecret", "external", "external-secrets.io/v1", "{target: {name: vaulted}, secretStoreRef: {name: store, kind: SecretStore}}"),
            Simple("SecretStore", "store", "external-secrets.io/v1"),
            Simple("SealedSecret", "unused", "bitnami.com/v1alpha1"));
        With(bundle, "a").ShouldBe(["Certificate/cert", "Issuer/ca", "ExternalSecret/external"]);
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["store", "unused"]);
    }

    [Fact]
    public void Namespaces_go_with_everything_that_stands_in_them()
    {
        var bundle = Bundle(Web, Db, Simple("Namespace", "ns", ns: ""), Simple("Namespace", "lonely", ns: ""));
        With(bundle, "web").ShouldBe(["Namespace/ns"]);
        With(bundle, "db").ShouldBe(["Namespace/ns"]);
        bundle.Leftovers.Select(key => key.Name).ShouldBe(["lonely"]);
    }

    [Fact]
    public void Definitions_go_with_their_resources_and_operators_and_operators_adopt_what_nobody_else_needs()
    {
        const string rbac = "rbac.authorization.k8s.io/v1";
        var bundle = Bundle(
            "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.com}, spec: {group: example.com, names: {kind: Widget, plural: widgets}}}",
            Deployment("operator", "{serviceAccountName: op}"),
            Web,
            Simple("ServiceAccount", "op"),
            $"{{apiVersion: {rbac}, kind: ClusterRole, metadata: {{name: op}}, rules: [{{apiGroups: [example.com], resources: [widgets/status, gadgets]}}]}}",
            $"{{apiVersion: {rbac}, kind: ClusterRoleBinding, metadata: {{name: op}}, roleRef: {{kind: ClusterRole, name: op}}, subjects: [{{kind: ServiceAccount, name: op, namespace: ns}}]}}",
            Simple("Widget", "w", "example.com/v1", "{secretName: widget-secret}"),
            Simple("Gadget", "g", "example.com/v1"),
            Simple("Secret", "widget-secret"));
        With(bundle, "operator").ShouldBe([
            "CustomResourceDefinition/widgets.example.com", "ServiceAccount/op", "ClusterRole/op", "ClusterRoleBinding/op", "Widget/w", "Gadget/g",
            "Secret/widget-secret"]);
        With(bundle, "web").ShouldBeEmpty();
        bundle.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public void Networks_of_Multus_go_with_the_pods_that_ask_for_them()
    {
        var bundle = Bundle(
            Deployment("list", "{}", "{k8s.v1.cni.cncf.io/networks: 'n2, other/n3@eth1'}"),
            Deployment("json", "{}", """{k8s.v1.cni.cncf.io/networks: '[{"name": "n4"}]'}"""),
            Deployment("broken", "{}", "{k8s.v1.cni.cncf.io/networks: '[{'}"),
            Simple("NetworkAttachmentDefinition", "n2", "k8s.cni.cncf.io/v1"),
            Simple("NetworkAttachmentDefinition", "n3", "k8s.cni.cncf.io/v1", ns: "other"),
            Simple("NetworkAttachmentDefinition", "n4", "k8s.cni.cncf.io/v1"));
        With(bundle, "list").ShouldBe(["NetworkAttachmentDefinition/n2", "NetworkAttachmentDefinition/n3"]);
        With(bundle, "json").ShouldBe(["NetworkAttachmentDefinition/n4"]);
        With(bundle, "broken").ShouldBeEmpty();
    }

    [Fact]
    public void Configuration_collected_by_label_goes_with_its_collector()
    {
        var bundle = Bundle(
            Deployment("grafana", "{containers: [{name: sidecar, env: [{name: LABEL, value: grafana_dashboard}]}]}"),
            Web,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: dashboard, namespace: ns, labels: {grafana_dashboard: '1'}}}");
        With(bundle, "grafana").ShouldBe(["ConfigMap/dashboard"]);
        With(bundle, "web").ShouldBeEmpty();
    }

    [Fact]
    public void A_Service_without_a_selector_goes_with_those_who_call_it()
    {
        var bundle = Bundle(
            Deployment("a", "{containers: [{name: c, env: [{name: DB_HOST, value: outside}]}]}"),
            Web,
            Simple("Service", "outside", spec: "{type: ExternalName, externalName: db.example}"),
            Simple("Endpoints", "outside"));
        With(bundle, "a").ShouldBe(["Service/outside", "Endpoints/outside"]);
        With(bundle, "web").ShouldBeEmpty();
    }

    [Fact]
    public void Objects_of_any_shape_are_bundled()
    {
        var bundle = Bundle(
            Simple("Service", "a", spec: "[1, 2]"),
            Simple("Deployment", "b", "apps/v1", "text"),
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: c, namespace: ns}, spec: {template: {metadata: {labels: [x]}, spec: {volumes: [1, {secret: 5}], containers: {}}}}}",
            "{apiVersion: v1, kind: Ingress, metadata: {name: d}}",
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: e}, subjects: [null, 1]}");
        bundle.Components.Count.ShouldBe(2);
        bundle.Leftovers.Count.ShouldBe(3);
    }
}

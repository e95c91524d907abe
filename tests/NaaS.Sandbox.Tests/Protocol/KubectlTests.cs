namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>What people do with kubectl.</summary>
public sealed class KubectlTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: NS, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: c
                image: nginx:1
                ports: [{containerPort: 80}]
                env: [{name: A, value: "1"}, {name: B, value: "2"}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: NS}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;

    private readonly Kubectl _kubectl = new(running.Sandbox);

    public void Dispose() => _kubectl.Dispose();

    [Fact]
    public async Task Every_server_of_the_kubeconfig_answers()
    {
        (await _kubectl.RunAsync("config get-contexts -o name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["c1", "c2", "c3", "hub"]);
        (await _kubectl.RunAsync("config current-context")).Trim().ShouldBe("hub");
        (await _kubectl.RunAsync("version")).ShouldContain("Server Version: v1.36");
        foreach (var context in new[] { "hub", "c1", "c2", "c3" })
        {
            (await _kubectl.RunAsync($"--context {context} get namespaces -o name")).ShouldContain("namespace/kube-system");
        }
    }

    [Fact]
    public async Task Kinds_are_found_by_short_name_and_in_groups()
    {
        var kinds = await _kubectl.RunAsync("api-resources --no-headers");
        kinds.ShouldContain("deployments ");
        kinds.ShouldContain("mcl,mcls");
        kinds.ShouldContain("work.open-cluster-management.io/v1");
        (await _kubectl.RunAsync("--context c1 api-resources --no-headers")).ShouldNotContain("placements");
        (await _kubectl.RunAsync("api-versions")).ShouldContain("autoscaling/v1\n");
    }

    [Fact]
    public async Task Applying_twice_changes_nothing_and_a_changed_image_changes_only_that()
    {
        var file = await NamespaceAsync("apply");
        (await _kubectl.RunAsync($"apply -f {file}")).ShouldBe("deployment.apps/web created\nservice/web created\n");
        (await _kubectl.RunAsync($"apply -f {file}")).ShouldBe("deployment.apps/web unchanged\nservice/web unchanged\n");
        Kubectl.Change(file, "nginx:1", "nginx:2");
        (await _kubectl.RunAsync($"apply -f {file}")).ShouldBe("deployment.apps/web configured\nservice/web unchanged\n");
        (await _kubectl.RunAsync("get deploy web -n apply -o jsonpath={.spec.template.spec.containers[0]}"))
            .ShouldBe("""{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"image":"nginx:2","imagePullPolicy":"IfNotPresent","name":"c","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}""");
        (await _kubectl.RunAsync($"diff -f {file}")).ShouldBe("");
    }

    [Fact]
    public async Task A_variable_dropped_from_an_applied_file_goes_and_one_set_by_hand_stays()
    {
        var file = await NamespaceAsync("merge");
        await _kubectl.RunAsync($"apply -f {file}");
        await _kubectl.RunAsync("set env deploy/web -n merge MINE=yes");
        Kubectl.Change(file, """{name: A, value: "1"}, """, "");
        await _kubectl.RunAsync($"apply -f {file}");
        (await _kubectl.RunAsync("get deploy web -n merge -o jsonpath={.spec.template.spec.containers[0].env[*].name}")).ShouldBe("B MINE");
    }

    [Fact]
    public async Task Server_side_apply_names_the_fields_and_managers_that_conflict_until_forced()
    {
        var file = await NamespaceAsync("ssa");
        await _kubectl.RunAsync($"apply --server-side --field-manager one -f {file}");
        Kubectl.Change(file, "nginx:1", "nginx:2");
        (await _kubectl.RefuseAsync($"apply --server-side --field-manager two -f {file}"))
            .ShouldContain("Apply failed with 1 conflict: conflict with \"one\": .spec.template.spec.containers[name=\"c\"].image");
        await _kubectl.RunAsync($"apply --server-side --force-conflicts --field-manager two -f {file}");
        (await _kubectl.RunAsync("get deploy web -n ssa -o jsonpath={.spec.template.spec.containers[0].image}")).ShouldBe("nginx:2");
    }

    [Fact]
    public async Task Deployments_roll_out_scale_and_are_described()
    {
        var file = await NamespaceAsync("roll");
        await _kubectl.RunAsync($"--context c1 create -f {file}");
        (await _kubectl.RunAsync("--context c1 rollout status deploy/web -n roll --timeout 20s")).ShouldContain("successfully rolled out");
        await _kubectl.RunAsync("--context c1 scale deploy/web -n roll --replicas 3");
        await _kubectl.RunAsync("--context c1 wait deploy/web -n roll --for jsonpath={.status.availableReplicas}=3 --timeout 20s");
        (await _kubectl.RunAsync("--context c1 get deploy -n roll --no-headers")).ShouldMatch(@"^web +3/3 +3 +3 +\d");
        (await _kubectl.RunAsync("--context c1 get pods -n roll --no-headers")).ShouldMatch(@"web-[a-z0-9]+-[a-z0-9]{5} +1/1 +Running +0 ");
        (await _kubectl.RunAsync("--context c1 describe deploy web -n roll")).ShouldContain("3 desired | 3 updated | 3 total | 3 available");
        (await _kubectl.RunAsync("--context c1 get deploy,svc -A -o wide")).ShouldContain("nginx:1");
    }

    [Fact]
    public async Task A_namespace_takes_its_objects_with_it()
    {
        var file = await NamespaceAsync("gone");
        await _kubectl.RunAsync($"--context c2 create -f {file}");
        await _kubectl.RunAsync("--context c2 delete namespace gone --timeout 20s");
        (await _kubectl.RunAsync("--context c2 get all -n gone")).ShouldBe("");
        (await _kubectl.RefuseAsync("--context c2 create -f -", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: gone}}")).ShouldContain("namespaces \"gone\" not found");
    }

    [Fact]
    public async Task Deleting_waits_and_wait_sees_it()
    {
        var file = await NamespaceAsync("del");
        await _kubectl.RunAsync($"apply -f {file}");
        (await _kubectl.RunAsync("delete deploy,svc --all -n del")).ShouldContain("deployment.apps \"web\" deleted");
        await _kubectl.RunAsync("wait deploy/web -n del --for delete --timeout 5s");
    }

    [Fact]
    public async Task Custom_kinds_are_served_as_soon_as_they_are_established()
    {
        await _kubectl.RunAsync("create -f -", """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.org}
            spec:
              group: example.org
              scope: Namespaced
              names: {plural: widgets, kind: Widget, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}, scale: {specReplicasPath: .spec.count, statusReplicasPath: .status.count}}
                additionalPrinterColumns: [{name: Size, type: string, jsonPath: .spec.size}]
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties: {size: {type: string, enum: [S, M]}, count: {type: integer, default: 1}}
            """);
        await _kubectl.RunAsync("wait crd/widgets.example.org --for condition=established --timeout 5s");
        await _kubectl.RunAsync("apply -f -", "{apiVersion: example.org/v1, kind: Widget, metadata: {name: w, namespace: default}, spec: {size: S}}");
        (await _kubectl.RunAsync("get wd")).ShouldMatch("NAME +SIZE\nw +S");
        await _kubectl.RunAsync("scale widget/w --replicas 4");
        (await _kubectl.RunAsync("get widget w -o jsonpath={.spec.count}/{.metadata.generation}")).ShouldBe("4/2");
        (await _kubectl.RefuseAsync("apply -f -", "{apiVersion: example.org/v1, kind: Widget, metadata: {name: v, namespace: default}, spec: {size: XL}}"))
            .ShouldContain("The Widget \"v\" is invalid: spec.size: Unsupported value: \"XL\": supported values: \"S\", \"M\"");
        (await _kubectl.RunAsync("explain widget.spec --recursive")).ShouldContain("size\t<string> -required-");
        await _kubectl.RunAsync("delete crd widgets.example.org --timeout 10s");
        (await _kubectl.RefuseAsync("get widgets")).ShouldContain("(NotFound)");
    }

    [Fact]
    public async Task Unknown_fields_are_refused_before_anything_is_created()
    {
        var file = await NamespaceAsync("strict");
        Kubectl.Change(file, "replicas: 2", "replicaz: 2");
        (await _kubectl.RefuseAsync($"create -f {file}")).ShouldContain("strict decoding error: unknown field \"spec.replicaz\"");
        (await _kubectl.TryAsync($"apply --validate=warn -f {file}")).Error.ShouldContain("Warning: unknown field \"spec.replicaz\"");
    }

    [Fact]
    public async Task Create_commands_send_protobuf_and_are_understood()
    {
        await _kubectl.RunAsync("create namespace proto");
        await _kubectl.RunAsync("create configmap cm -n proto --from-literal a=1 --from-literal b=two");
        (await _kubectl.RunAsync("get cm cm -n proto -o jsonpath={.data}")).ShouldBe("""{"a":"1","b":"two"}""");
        await _kubectl.RunAsync("create secret generic s -n proto --from-literal password=hush");
        (await _kubectl.RunAsync("get secret s -n proto -o jsonpath={.data.password}/{.type}")).ShouldBe("aHVzaA==/Opaque");
        await _kubectl.RunAsync("create deployment d -n proto --image nginx:1 --port 80 --replicas 2");
        (await _kubectl.RunAsync("get deploy d -n proto -o jsonpath={.spec.replicas}{.spec.template.spec.containers[0].ports[0].containerPort}{.spec.selector.matchLabels}"))
            .ShouldBe("""280{"app":"d"}""");
        await _kubectl.RunAsync("create service clusterip svc -n proto --tcp 80:8080");
        (await _kubectl.RunAsync("get svc svc -n proto -o jsonpath={.spec.ports[0].port}:{.spec.ports[0].targetPort}")).ShouldBe("80:8080");
        await _kubectl.RunAsync("create role r -n proto --verb get,list --resource pods");
        await _kubectl.RunAsync("create rolebinding rb -n proto --role r --serviceaccount proto:default");
        (await _kubectl.RunAsync("get rolebinding rb -n proto -o jsonpath={.subjects[0].name}{.roleRef.kind}")).ShouldBe("defaultRole");
        await _kubectl.RunAsync("create job j -n proto --image busybox -- sleep 1");
        await _kubectl.RunAsync("create quota q -n proto --hard cpu=1,pods=2");
        (await _kubectl.RunAsync("get quota q -n proto -o jsonpath={.spec.hard}")).ShouldBe("""{"cpu":"1","pods":"2"}""");
        await _kubectl.RunAsync("create poddisruptionbudget p -n proto --selector app=d --min-available 1");
        await _kubectl.RunAsync("autoscale deployment d -n proto --max 3 --cpu 70%");
        (await _kubectl.RunAsync("get hpa d -n proto -o jsonpath={.spec.maxReplicas}:{.spec.metrics[0].resource.target.averageUtilization}")).ShouldBe("3:70");
        await _kubectl.RunAsync("create priorityclass high --value 1000");
        (await _kubectl.RunAsync("auth can-i create deployments")).Trim().ShouldBe("yes");
    }

    [Fact]
    public async Task A_kind_that_is_not_served_is_named_and_the_rest_of_the_file_is_created()
    {
        (await _kubectl.RefuseAsync("create -f -", """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: beside, namespace: default}}
            ---
            {apiVersion: example.org/v1, kind: Unknown, metadata: {name: u, namespace: default}}
            """)).ShouldContain("no matches for kind \"Unknown\" in version \"example.org/v1\"");
        (await _kubectl.RunAsync("get cm beside -o name")).Trim().ShouldBe("configmap/beside");
    }

    [Fact]
    public async Task A_dry_run_shows_the_outcome_and_keeps_nothing()
    {
        var file = await NamespaceAsync("dry");
        (await _kubectl.RunAsync($"apply --dry-run=server -f {file}")).ShouldContain("deployment.apps/web created (server dry run)");
        (await _kubectl.RunAsync("get deploy -n dry -o name")).ShouldBe("");
    }

    [Fact]
    public async Task OCMs_kinds_print_what_matters()
    {
        await _kubectl.RunAsync("wait managedcluster/c2 --for condition=ManagedClusterConditionAvailable --timeout 20s");
        (await _kubectl.RunAsync("get managedclusters c2")).ShouldMatch("NAME +HUB ACCEPTED +MANAGED CLUSTER URLS +JOINED +AVAILABLE +AGE\nc2 +true +\\S* +True +True ");
        await _kubectl.RunAsync("create -f -", """
            {apiVersion: v1, kind: Namespace, metadata: {name: orch}}
            ---
            {apiVersion: cluster.open-cluster-management.io/v1beta2, kind: ManagedClusterSetBinding, metadata: {name: default, namespace: orch}, spec: {clusterSet: default}}
            ---
            {apiVersion: cluster.open-cluster-management.io/v1beta1, kind: Placement, metadata: {name: p, namespace: orch}, spec: {numberOfClusters: 1}}
            """);
        await _kubectl.RunAsync("wait placement/p -n orch --for condition=PlacementSatisfied --timeout 20s");
        (await _kubectl.RunAsync("get placements -n orch")).ShouldMatch("NAME +SUCCEEDED +REASON +SELECTEDCLUSTERS\np +True +AllDecisionsScheduled +1");
        (await _kubectl.RunAsync("get placementdecisions -n orch -o jsonpath={.items[0].status.decisions[0].clusterName}")).ShouldStartWith("c");
    }

    private async Task<string> NamespaceAsync(string name)
    {
        var file = _kubectl.Write(name + ".yaml", Web.Replace("NS", name));
        foreach (var context in new[] { "hub", "c1", "c2" })
        {
            await _kubectl.RunAsync($"--context {context} create -f -", $"{{apiVersion: v1, kind: Namespace, metadata: {{name: {name}}}}}");
        }
        return file;
    }
}

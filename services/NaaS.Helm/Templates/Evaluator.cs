using System.Diagnostics;
using System.Runtime.CompilerServices;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Templates;

/// <summary>
/// Runs templates: Go's text/template/exec, with missingkey=zero as Helm sets it, and bounds on time, steps, output and depth.
/// One instance renders one release, on one thread.
/// </summary>
internal sealed partial class Evaluator(RenderContext context)
{
    private const int MaxTemplateDepth = 100_000;
    private const int StepsBetweenChecks = 2048;
    private const int CharactersPerStep = 8;
    private readonly List<(string Name, GoValue Value)> variables = [];
    private readonly long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly long maxSteps = context.Limits.Steps;
    private int frame;
    private int templateDepth;
    private int depth;
    private long steps;
    private long nextCheck;
    private Node? node;
    private string templateName = "";

    /// <summary>How a part of a template ended.</summary>
    private enum Flow
    {
        Next, Break, Continue,
    }

    /// <summary>What belongs to the release being rendered.</summary>
    public RenderContext Context { get; } = context;

    /// <summary>Where templates write to.</summary>
    public OutputBuffer Output { get; } = new(context.Limits.OutputBytes);

    /// <summary>Templates that can be called now.</summary>
    public TemplateSet Templates { get; set; } = new();

    /// <summary>How often each name is being included now.</summary>
    public Dictionary<string, int> Included { get; } = new(StringComparer.Ordinal);

    /// <summary>How long the rendering takes by now; nothing where it must be the same each time.</summary>
    public TimeSpan Elapsed => Context.Random.IsSeeded ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started);

    /// <summary>File that is being rendered.</summary>
    public string File { get; set; } = "";

    /// <summary>Random bytes for one call of a function here.</summary>
    public Functions.RandomStream RandomStream(string function) => Context.Random.Stream(File, templateName, function);

    /// <summary>Executes a template on its own, as Go's Execute does, and returns what it wrote.</summary>
    public string Execute(string name, Tree tree, object? data)
    {
        int start = Output.Length;
        var (outerNode, outerTemplateDepth) = (node, templateDepth);
        templateDepth = 0;
        node = null;
        Run(name, tree, GoValue.Of(data));
        (node, templateDepth) = (outerNode, outerTemplateDepth);
        return Output.TakeFrom(start);
    }

    private void Run(string name, Tree tree, GoValue dot)
    {
        if (++depth > Context.Limits.Depth)
        {
            throw new LimitException(
                $"rendering stopped: templates are nested more than {Context.Limits.Depth} deep ({nameof(RenderLimits)}.{nameof(RenderLimits.Depth)}) at {GoString.ToText(name)}");
        }
        var (outerName, outerFrame, outerNode) = (templateName, frame, node);
        templateName = name;
        frame = variables.Count;
        variables.Add(("$", dot));
        WalkList(dot, tree.Root!);
        variables.RemoveRange(frame, variables.Count - frame);
        (templateName, frame, node) = (outerName, outerFrame, outerNode);
        depth--;
    }

    /// <summary>Counts work; stops the rendering when there was too much of it or it took too long.</summary>
    public void Step(long count = 1)
    {
        steps += count;
        if (steps < nextCheck)
        {
            return;
        }
        if (steps > maxSteps)
        {
            throw new LimitException($"rendering stopped: more than {maxSteps} steps ({nameof(RenderLimits)}.{nameof(RenderLimits.Steps)})");
        }
        if (Stopwatch.GetElapsedTime(started) > Context.Limits.Time)
        {
            throw new LimitException($"rendering stopped: it took longer than {Context.Limits.Time} ({nameof(RenderLimits)}.{nameof(RenderLimits.Time)})");
        }
        if (GC.GetAllocatedBytesForCurrentThread() - allocatedBefore > Context.Limits.AllocatedBytes)
        {
            throw new LimitException(
                $"rendering stopped: more than {Context.Limits.AllocatedBytes} bytes of memory taken ({nameof(RenderLimits)}.{nameof(RenderLimits.AllocatedBytes)})");
        }
        Context.Cancellation.ThrowIfCancellationRequested();
        nextCheck = steps + StepsBetweenChecks;
    }

    /// <summary>Refuses to make too many elements at once.</summary>
    /// <param name="count">How many there will be.</param>
    /// <param name="function">What makes them.</param>
    /// <param name="work">Steps that it counts as; in proportion to the elements unless given.</param>
    public void CheckElements(long count, string function, long? work = null)
    {
        if (count > Context.Limits.Elements)
        {
            throw new LimitException($"rendering stopped: {function} would make {count} elements, more than {Context.Limits.Elements} ({nameof(RenderLimits)}.{nameof(RenderLimits.Elements)})");
        }
        Step(work ?? count / 4);
    }

    /// <summary>Refuses to make a text longer than all output may be.</summary>
    /// <param name="length">How long it will be.</param>
    /// <param name="work">Steps that it counts as; in proportion to the length unless given.</param>
    public void CheckText(long length, long? work = null)
    {
        if (length > Context.Limits.OutputBytes)
        {
            throw new LimitException($"rendering stopped: a text would be longer than {Context.Limits.OutputBytes} bytes ({nameof(RenderLimits)}.{nameof(RenderLimits.OutputBytes)})");
        }
        Step(work ?? length / CharactersPerStep);
    }

    private ExecException Error(string message, Exception? inner = null) => node is null
        ? new ExecException(templateName, "", message, inner)
        : new ExecException(node.Tree.Location(node.Position), $"executing {GoQuote.Quote(templateName)} at <{node}>", message, inner);

    private Flow Walk(GoValue dot, Node at)
    {
        node = at;
        Step();
        switch (at.Kind)
        {
            case NodeKind.Text:
                Output.Write(((TextNode)at).Text);
                return Flow.Next;
            case NodeKind.Action:
                var action = (ActionNode)at;
                var value = Pipeline(dot, action.Pipe);
                if (action.Pipe.Declarations.Length == 0)
                {
                    node = at;
                    Output.Write(Printed(value.Raw));
                }
                return Flow.Next;
            case NodeKind.If or NodeKind.With:
                return WalkIfOrWith(dot, (BranchNode)at);
            case NodeKind.Range:
                return WalkRange(dot, (BranchNode)at);
            case NodeKind.Template:
                WalkTemplate(dot, (TemplateNode)at);
                return Flow.Next;
            case NodeKind.Break:
                return Flow.Break;
            case NodeKind.Continue:
                return Flow.Continue;
            default:
                throw Error($"unknown node: {at}");
        }
    }

    private static string Printed(object? value) => value switch
    {
        null => "<no value>",
        string text => text,
        GoObject { PointerText: { } text } => text,
        // A pointer is printed as what it points to.
        GoObject { Kind: "ptr", Text: null } other => GoFormat.Value(other)[1..],
        _ => GoFormat.Value(value),
    };

    private Flow WalkList(GoValue dot, ListNode list)
    {
        foreach (var child in list.Nodes)
        {
            if (Walk(dot, child) is var flow && flow != Flow.Next)
            {
                return flow;
            }
        }
        return Flow.Next;
    }

    private Flow WalkIfOrWith(GoValue dot, BranchNode branch)
    {
        int mark = variables.Count;
        var value = Pipeline(dot, branch.Pipe);
        var flow = Flow.Next;
        if (GoTypes.IsTrue(value.Raw))
        {
            flow = WalkList(branch.Kind == NodeKind.With ? value : dot, branch.List);
        }
        else if (branch.ElseList is not null)
        {
            flow = WalkList(dot, branch.ElseList);
        }
        variables.RemoveRange(mark, variables.Count - mark);
        return flow;
    }

    private void WalkTemplate(GoValue dot, TemplateNode at)
    {
        var tree = Templates.Find(at.Name) ?? throw Error($"template {GoQuote.Quote(at.Name)} not defined");
        if (templateDepth == MaxTemplateDepth)
        {
            throw Error($"exceeded maximum template depth ({MaxTemplateDepth})");
        }
        var data = at.Pipe is null ? default : Pipeline(dot, at.Pipe);
        templateDepth++;
        Run(at.Name, tree, data);
        templateDepth--;
    }

    private GoValue Pipeline(GoValue dot, PipeNode pipe)
    {
        node = pipe;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new LimitException($"rendering stopped: actions are nested too deeply at {GoString.ToText(pipe.Tree.Location(pipe.Position))}");
        }
        var value = GoValue.Missing;
        foreach (var command in pipe.Commands)
        {
            value = GoValue.Of(Command(dot, command, value).Raw);
        }
        foreach (var declaration in pipe.Declarations)
        {
            if (pipe.IsAssign)
            {
                Assign(declaration.Names[0], value);
            }
            else
            {
                variables.Add((declaration.Names[0], value));
            }
        }
        return value;
    }

    private void Assign(string name, GoValue value)
    {
        for (int i = variables.Count - 1; i >= frame; i--)
        {
            if (variables[i].Name == name)
            {
                variables[i] = (name, value);
                return;
            }
        }
        throw Error($"undefined variable: {name}");
    }

    private GoValue Variable(string name)
    {
        for (int i = variables.Count - 1; i >= frame; i--)
        {
            if (variables[i].Name == name)
            {
                return variables[i].Value;
            }
        }
        throw Error($"undefined variable: {name}");
    }
}

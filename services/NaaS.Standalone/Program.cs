using System.CommandLine;
using NaaS.Standalone.Demo;
using NaaS.Standalone.Migrating;
using NaaS.Standalone.OpenSlice;
using NaaS.Standalone.Operations;
using NaaS.Standalone.Preview;
using NaaS.Standalone.SandboxServing;
using NaaS.Standalone.Serving;
using NaaS.Standalone.Specification;
using NaaS.Standalone.Template;
using NaaS.Standalone.Tracing;

var naas = new RootCommand("NaaS: TM Forum service orders become Helm applications on many Kubernetes clusters.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    SandboxCommand.Create(),
    FaultCommand.Create(),
    MigrateCommand.Create(),
    TemplateCommand.Create(),
    PreviewCommand.Create(),
    SpecCommand.Create(),
    OpenSliceCommand.Create(),
    TraceCommand.Create(),
};
foreach (var command in OperatorCommands.Create())
{
    naas.Subcommands.Add(command);
}

ServeCommand.MakeDefault(naas);
return await naas.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync();

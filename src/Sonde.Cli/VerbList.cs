using System.CommandLine;
using Sonde.Cli.Compact;
using Sonde.Cli.Compare;
using Sonde.Cli.Data;
using Sonde.Cli.Diagnosing;
using Sonde.Cli.Export;
using Sonde.Cli.Importing;
using Sonde.Cli.Paper;
using Sonde.Cli.Probing;
using Sonde.Cli.Reports;
using Sonde.Cli.Run;
using Sonde.Cli.Status;
using Sonde.Cli.Svm;
using Sonde.Cli.Watch;

namespace Sonde.Cli;

/// <summary>The verbs of <c>sonde</c>, in the order of its help.</summary>
internal static class VerbList
{
    public static IReadOnlyList<Func<Command>> All { get; } =
    [
        RunCommand.Create,
        StudiesCommand.Create,
        PaperCommand.Create,
        ProbeCommand.Create,
        SvmCommand.Create,
        ImportCommand.Create,
        DiagnoseCommand.Create,
        StatusCommand.Create,
        WatchCommand.Create,
        CompareCommand.Create,
        ExportCommand.Create,
        VerifyCommand.Create,
        CompactCommand.Create,
        ReportCommand.Create,
        DataCommand.Create,
        DoctorCommand.Create,
    ];
}

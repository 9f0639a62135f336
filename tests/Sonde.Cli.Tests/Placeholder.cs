namespace Sonde.Cli.Tests;

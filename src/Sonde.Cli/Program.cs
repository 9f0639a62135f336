return await Sonde.Cli.CommandLine.Run(args);

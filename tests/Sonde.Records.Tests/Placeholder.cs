namespace Sonde.Records.Tests;

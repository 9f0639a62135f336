namespace Sonde.DuckDb.Tests;

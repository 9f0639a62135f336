namespace Sonde.Tests;

namespace Sonde.Studies.Tests;

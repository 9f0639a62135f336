namespace Sonde.Figures.Tests;

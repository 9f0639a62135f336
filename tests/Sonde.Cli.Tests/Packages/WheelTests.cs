using System.Formats.Tar;
using System.IO.Compression;
using Sonde.Interop.Tests;

namespace Sonde.Cli.Tests.Packages;

/// <summary>The Python wheel, installed from the file into an empty environment, without a network. A script takes the place of the command, which has
/// 100 MB.</summary>
public sealed class WheelTests
{
    [Fact]
    public void Wheel_InstallsTheCommandAndBothModules()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
            == System.Runtime.InteropServices.Architecture.X64, "The wheel of this test is for Linux on x64.");
        Python.Require("python3-venv and python3-pip", "venv", "pip", "ensurepip");
        using var scratch = new Scratch();
        var archive = Archive(scratch, "sonde-0.1.0-linux-x64");
        var wheel = Make(archive, scratch["one"]);
        Assert.Equal("sonde-0.1.0-py3-none-manylinux_2_27_x86_64.whl", Path.GetFileName(wheel));
        Assert.Equal(File.ReadAllBytes(wheel), File.ReadAllBytes(Make(archive, scratch["two"])));

        Python.RunProgram(null, "-m", "venv", "--system-site-packages", scratch["environment"]);
        var bin = Path.Combine(scratch["environment"], "bin");
        Python.RunProgram(Path.Combine(bin, "pip"), "install", "--no-index", "--quiet", wheel);
        Assert.Equal("the script with --version\n", Python.RunProgram(Path.Combine(bin, "sonde"), "--version"));
        Assert.Equal("Run watch\n", Python.RunProgram(
            Path.Combine(bin, "python"), "-I", "-c", "import sonde_reader, sonde_recorder; print(sonde_reader.Run.__name__, sonde_recorder.watch.__name__)"));
    }

    private static string Make(string archive, string folder) => Python.Run("make_wheel.py", archive, folder).TrimEnd('\n');

    private static string Archive(Scratch scratch, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch["archive"], name)).FullName;
        foreach (var file in (string[])["python/sonde_reader.py", "python/sonde_recorder.py", "Python/LICENSE"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, "sonde"), "#!/bin/sh\necho the script with \"$@\"\n");
        var path = scratch[$"{name}.tar.gz"];
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(scratch["archive"], stream, includeBaseDirectory: false);
        return path;
    }
}

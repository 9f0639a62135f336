using k8s;
using k8s.Models;

namespace Sonde.Cli.Tests.Documents;

/// <summary>The Kubernetes Job in <c>docs/clusters.md</c>, held against the schema in the official client: its field names are strict.</summary>
public sealed class ClusterManifestTests
{
    private static readonly string Manifest = Read();

    [Fact]
    public void Job_HasNoFieldThatKubernetesDoesNotKnow()
    {
        var job = KubernetesYaml.Deserialize<V1Job>(Manifest, strict: true);
        Assert.Equal(("batch/v1", "Job"), (job.ApiVersion, job.Kind));
        var pod = job.Spec.Template.Spec;
        var worker = Assert.Single(pod.Containers);
        Assert.Contains("--worker", worker.Command);
        Assert.Equal(pod.Volumes.Select(volume => volume.Name), worker.VolumeMounts.Select(mount => mount.Name));
        Assert.Equal(job.Spec.Completions, job.Spec.Parallelism);
        Assert.Equal(worker.Resources.Requests["cpu"].ToString(), worker.Command[^1]);
    }

    [Theory]
    [InlineData("parallelism", "parallel")]
    [InlineData("claimName", "claim")]
    [InlineData("completions: 20", "completions: many")]
    public void Job_WithAMistake_IsRefused(string right, string wrong) =>
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>(Manifest.Replace(right, wrong, StringComparison.Ordinal), strict: true));

    private static string Read()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Documents", "clusters.md")).SkipWhile(line => line != "    apiVersion: batch/v1");
        return string.Join('\n', lines.TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]));
    }
}

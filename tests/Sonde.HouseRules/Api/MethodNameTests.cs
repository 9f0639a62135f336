using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sonde.HouseRules;

/// <summary>A method's first word says what happens if nothing is there: Find returns null, Get throws, Try returns whether it succeeded.</summary>
public sealed class MethodNameTests
{
    // What a source generator wrote has names of its own.
    private static readonly IEnumerable<MethodInfo> Methods = [.. PublicApiTests.Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsDefined(typeof(GeneratedCodeAttribute)))
        .SelectMany(type => type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && !method.Name.Contains('<'))];

    [Fact]
    public void AMethodNamedFind_ReturnsNullIfNothingIsThere() => AssertNone(
        Methods.Where(method => Begins(method, "Find") && !CanBeNull(method)), "cannot return null. Name it Get..., or what it computes.");

    [Fact]
    public void AMethodNamedGet_NeverReturnsNull() => AssertNone(
        Methods.Where(method => Begins(method, "Get") && CanBeNull(method)), "can return null. Name it Find....");

    [Fact]
    public void AMethodNamedTry_ReturnsWhetherItSucceeded() => AssertNone(
        Methods.Where(method => Begins(method, "Try") && method.ReturnType != typeof(bool)), "returns no bool. Name it Find... if it returns null.");

    private static bool Begins(MethodInfo method, string word) =>
        method.Name.StartsWith(word, StringComparison.Ordinal) && (method.Name.Length == word.Length || char.IsUpper(method.Name[word.Length]));

    private static bool CanBeNull(MethodInfo method)
    {
        var value = new NullabilityInfoContext().Create(method.ReturnParameter);
        value = IsTask(method.ReturnType) ? value.GenericTypeArguments[0] : value;
        return Nullable.GetUnderlyingType(value.Type) is not null || (!value.Type.IsValueType && value.ReadState == NullabilityState.Nullable);
    }

    private static bool IsTask(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static void AssertNone(IEnumerable<MethodInfo> offences, string cure) => Assert.True(!offences.Any(),
        string.Join('\n', offences.Select(method => $"{method.DeclaringType!.FullName}.{method.Name} {cure}")));
}

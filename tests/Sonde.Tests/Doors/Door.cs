using System.Reflection;
using System.Runtime.CompilerServices;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Doors;

/// <summary>A public constructor, method or settable property of the library, and how to call it with any arguments.</summary>
/// <param name="Owner">The type that has it.</param>
/// <param name="Member">The constructor, the method, or the property.</param>
internal sealed record Door(Type Owner, MemberInfo Member)
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>All doors of the library that reflection can call, in an order that does not change. Left out are the lanes of vector arithmetic, which check
    /// nothing by design, and what the compiler adds to records.</summary>
    public static IReadOnlyList<Door> All { get; } = [.. typeof(Network).Assembly.GetExportedTypes()
        .Where(type => !type.IsEnum && type.Namespace != typeof(Lanes4).Namespace && !typeof(Delegate).IsAssignableFrom(type)
            && !typeof(Exception).IsAssignableFrom(type))
        .SelectMany(Of).OrderBy(door => door.Name, StringComparer.Ordinal)];

    /// <summary>Public methods that reflection cannot call, because they take spans: each has tests of its own.</summary>
    public static IReadOnlyList<string> WithSpans { get; } = [.. typeof(Network).Assembly.GetExportedTypes()
        .Where(type => type.Namespace != typeof(Lanes4).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition().DeclaringType == type && method.GetParameters().Any(p => p.ParameterType.IsByRefLike))
            .Select(method => $"{type.Name}.{method.Name}")).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Type, member and parameter types, such as <c>Network.FanIn(Int32)</c>.</summary>
    public string Name => $"{Owner.Name}.{(Member is ConstructorInfo ? "new" : Member.Name)}({string.Join(", ", Types.Select(type => type.Name))})";

    /// <summary>The names of the parameters; of a property, its own.</summary>
    public IReadOnlyList<string> Parameters => Member is PropertyInfo property ? [property.Name] : [.. Method.GetParameters().Select(p => p.Name!)];

    /// <summary>The types of the parameters.</summary>
    public IReadOnlyList<Type> Types => Member is PropertyInfo property ? [property.PropertyType] : [.. Method.GetParameters().Select(p => p.ParameterType)];

    /// <summary>True if a parameter is a reference that may not be null.</summary>
    public bool RefusesNull(int parameter) => !Types[parameter].IsValueType && (Member is PropertyInfo property
        ? Nullability.Create(property).WriteState : Nullability.Create(Method.GetParameters()[parameter]).WriteState) == NullabilityState.NotNull;

    private MethodBase Method => (MethodBase)Member;

    /// <summary>Calls it, and disposes what it returns.</summary>
    /// <returns>The exception that comes out; null if none does.</returns>
    public Exception? Call(IReadOnlyList<object?> arguments)
    {
        object? target = null;
        try
        {
            target = Member is ConstructorInfo || Member is MethodInfo { IsStatic: true } ? null : Example.Of(Owner);
            var result = Member switch
            {
                ConstructorInfo constructor => constructor.Invoke([.. arguments]),
                PropertyInfo property => property.GetSetMethod()!.Invoke(target, [.. arguments]),
                _ => Method.Invoke(target, [.. arguments]),
            };
            if (result is Task task)
                task.GetAwaiter().GetResult();
            (result as IDisposable)?.Dispose();
            return null;
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException;
        }
        catch (NullReferenceException error)
        {
            return error;
        }
        finally
        {
            if (Member is MethodInfo)
                (target as IDisposable)?.Dispose();
        }
    }

    private static bool ReturnsSpan(MethodBase method) => method is MethodInfo { ReturnType.IsByRefLike: true };

    private static IEnumerable<Door> Of(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var closed = Example.Close(type);
        IEnumerable<MethodBase> methods = [.. closed.IsAbstract ? [] : closed.GetConstructors(), .. closed.GetMethods(all).Select(Example.Close)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == method.DeclaringType)];
        return methods
            .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name != "Deconstruct" && !method.ContainsGenericParameters
                && !ReturnsSpan(method)
                && method.GetParameters() is { Length: > 0 } parameters && parameters.All(p => !p.ParameterType.IsByRefLike && !p.ParameterType.IsByRef))
            .Select(method => new Door(closed, method))
            .Concat(closed.GetProperties(all).Where(p => p.SetMethod?.IsPublic == true && !closed.IsInterface && !closed.IsAbstract)
                .Select(p => new Door(closed, p)));
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sonde.HouseRules;

/// <summary>The public types and members of an assembly, one line each, in an order that does not change.</summary>
/// <remarks>Left out is what a reader can infer: overrides, and what the compiler adds to a record.</remarks>
internal static class ApiList
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(string)] = "string",
        [typeof(object)] = "object", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>Returns the types that other programs can name.</summary>
    public static IReadOnlyList<Type> Types(Assembly assembly) => [.. assembly.GetExportedTypes().OrderBy(FullName, StringComparer.Ordinal)];

    /// <summary>Returns a line for a type, then one for each of its members.</summary>
    public static IEnumerable<string> Lines(Type type) => type.IsEnum || typeof(Delegate).IsAssignableFrom(type)
        ? [Header(type)]
        : [Header(type), .. type.GetMembers(Declared).Where(IsListed).Select(member => $"    {Text(member)}").Order(StringComparer.Ordinal)];

    /// <summary>Returns a type's name without its namespace, with its type parameters.</summary>
    public static string ShortName(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}{Generic(type.GetGenericArguments())}";
    }

    private static string Header(Type type)
    {
        if (type.IsEnum)
            return $"{FullName(type)}: enum {{ {string.Join(", ", Enum.GetNames(type))} }}";
        if (typeof(Delegate).IsAssignableFrom(type) && type.GetMethod("Invoke") is { } invoke)
            return $"{FullName(type)}: delegate {Name(invoke.ReturnType)}({Parameters(invoke)})";
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null;
        var kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : isRecord ? "record" : "class";
        var how = type.IsInterface || type.IsValueType ? "" : type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed " : "";
        var from = type.GetInterfaces().Where(face => face is { IsPublic: true, Namespace: not null } && face.Assembly.GetName().Name!.StartsWith("Sonde")
            && type.BaseType?.IsAssignableTo(face) != true).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            from.Insert(0, Name(parent));
        return $"{FullName(type)}: {how}{kind}{(from.Count == 0 ? "" : $" of {string.Join(", ", from)}")}";
    }

    private static bool IsListed(MemberInfo member) => member switch
    {
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true) is var accessors && accessors.Any(IsSeen) && !IsOverride(accessors[0])
            && property.Name != "EqualityContract",
        EventInfo happening => IsSeen(happening.AddMethod!),
        ConstructorInfo constructor => IsSeen(constructor) && !constructor.IsDefined(typeof(CompilerGeneratedAttribute)) && !constructor.IsStatic,
        MethodInfo method => IsSeen(method) && !IsOverride(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute))
            && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.Name.Contains('<'),
        _ => false,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    private static string Text(MemberInfo member) => member switch
    {
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property => $"{(property.GetAccessors(true)[0].IsStatic ? "static " : "")}{property.Name}{Indices(property)}: "
            + $"{Name(property.PropertyType)}{(property.SetMethod is { } set && IsSeen(set) ? IsInit(set) ? " { get; init; }" : " { get; set; }" : "")}",
        EventInfo happening => $"event {happening.Name}: {Name(happening.EventHandlerType!)}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{(method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "")}{method.Name}"
            + $"{Generic(method.GetGenericArguments())}({Parameters(method)}): {Name(method.ReturnType)}",
        _ => member.Name,
    };

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Indices(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(Text))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Text));

    private static string Text(ParameterInfo parameter)
    {
        var how = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var value = !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
        {
            null => " = default",
            bool isTrue => isTrue ? " = true" : " = false",
            var some => $" = {some}",
        };
        return $"{how}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string FullName(Type type) => type.IsNested ? $"{FullName(type.DeclaringType!)}.{ShortName(type)}" : $"{type.Namespace}.{ShortName(type)}";

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => Name(type.GetElementType()!),
        { IsPointer: true } => $"{Name(type.GetElementType()!)}*",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsGenericType: true } when Nullable.GetUnderlyingType(type) is { } value => $"{Name(value)}?",
        { IsGenericType: true } when type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true =>
            $"({string.Join(", ", type.GetGenericArguments().Select(Name))})",
        { IsNested: true, IsGenericParameter: false } => $"{Name(type.DeclaringType!)}.{ShortName(type)}",
        _ => Keywords.GetValueOrDefault(type) ?? ShortName(type),
    };

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
}

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GnnReRank.Tests;

/// <summary>What a program can use of the engine, one member a line, a type's members together.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static |
        BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    /// <summary>Set to 1, it has the list written anew.</summary>
    private const string RenewVariable = "GNNRERANK_RENEW_PUBLIC_API";

    /// <summary>Fails where the API of an assembly is not what PublicApi.txt of its tests lists.</summary>
    public static void RequireListed(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        string path = Path.Combine(TestPaths.Repository, "tests", $"{name}.Tests", "PublicApi.txt");
        string[] found = Of(assembly);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', found) + "\n");
        }

        string[] listed = File.ReadAllLines(path);
        string[] differences =
        [
            .. listed.Except(found).Select(line => "- " + line),
            .. found.Except(listed).Select(line => "+ " + line),
        ];
        Assert.True(
            differences.Length == 0 && listed.Length == found.Length,
            $"""
            The public API of {name} is no longer what tests/{name}.Tests/PublicApi.txt lists:
            {string.Join('\n', differences)}
            If that is meant, run this test with the environment variable {RenewVariable} set to 1,
            which writes the file anew, and name the change in CHANGELOG.md.
            """);
    }

    private static string[] Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(LinesOf).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> LinesOf(Type type)
    {
        string name = type.Namespace == nameof(GnnReRank) ? NameOf(type) : $"{type.Namespace}.{NameOf(type)}";
        yield return $"{name} ({KindOf(type)}{BasesOf(type)})";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo call = type.GetMethod("Invoke")!;
            yield return $"{name}({ParametersOf(call)}) -> {TypeOf(call.ReturnParameter)}";
            yield break;
        }

        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            if (LineOf(member) is string line)
            {
                yield return $"{name}.{line}";
            }
        }
    }

    /// <summary>The member's line; null for what is hidden, what the compiler adds, and what every object has.</summary>
    private static string? LineOf(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } field when IsVisible(field) => FieldLine(field),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) && !IsOfRecord(property) =>
            PropertyLine(property),
        EventInfo made when IsVisible(made.AddMethod!) => $"{made.Name} -> {NameOf(made.EventHandlerType!)} [event]",
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) && !IsMadeByCompiler(constructor) =>
            $"new({ParametersOf(constructor)})",
        MethodInfo method when IsVisible(method) && IsWritten(method) => MethodLine(method),
        _ => null,
    };

    private static string MethodLine(MethodInfo method)
    {
        string generics = method.IsGenericMethod ? Listed(method.GetGenericArguments()) : "";
        string result = TypeOf(method.ReturnParameter) + Static(method.IsStatic);
        return $"{method.Name}{generics}({ParametersOf(method)}) -> {result}";
    }

    private static string FieldLine(FieldInfo field)
    {
        string value = field.IsLiteral ? $" = {ValueText(field.GetRawConstantValue(), typeof(object))}" : "";
        string kind = field.IsLiteral ? " [const]" : Static(field.IsStatic);
        return field.DeclaringType!.IsEnum
            ? field.Name + value
            : $"{field.Name}{value} -> {TypeOf(new NullabilityInfoContext().Create(field))}{kind}";
    }

    private static string PropertyLine(PropertyInfo property)
    {
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(ParameterOf))}]";
        MethodInfo? set = property.SetMethod is { } setter && IsVisible(setter) ? setter : null;
        bool isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "";
        string write = set is null ? "" : isInit ? " init;" : " set;";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? " [required]" : "";
        bool isStatic = property.GetAccessors(nonPublic: true)[0].IsStatic;
        string type = TypeOf(new NullabilityInfoContext().Create(property));
        return $"{name} {{{get}{write} }} -> {type}{required}{Static(isStatic)}";
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string BasesOf(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            return "";
        }

        // A record's equality is the compiler's.
        IEnumerable<string> faces = type.GetInterfaces()
            .Where(face => face.IsPublic && !(IsRecord(type) && face.Name == typeof(IEquatable<>).Name))
            .Select(NameOf).Order(StringComparer.Ordinal);
        bool hasParent = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType);
        string[] names = hasParent ? [NameOf(type.BaseType!), .. faces] : [.. faces];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }

    private static string ParametersOf(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(ParameterOf));

    private static string ParameterOf(ParameterInfo parameter)
    {
        string given = $"{(parameter.IsOut ? "out " : "")}{TypeOf(parameter)} {parameter.Name}";
        return parameter.HasDefaultValue
            ? $"{given} = {ValueText(parameter.RawDefaultValue, parameter.ParameterType)}"
            : given;
    }

    private static string TypeOf(ParameterInfo parameter) => TypeOf(new NullabilityInfoContext().Create(parameter));

    private static string TypeOf(NullabilityInfo info) =>
        NameOf(info.Type) + (info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "");

    private static string NameOf(Type type)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.GetElementType() is { } element)
        {
            return NameOf(element) + (type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value) + "?";
        }

        bool isInner = type.IsNested && !type.IsGenericParameter;
        string name = (isInner ? NameOf(type.DeclaringType!) + "." : "") + type.Name.Split('`')[0];
        return type.IsGenericType ? name + Listed(type.GetGenericArguments()) : name;
    }

    private static string Listed(Type[] arguments) => $"<{string.Join(", ", arguments.Select(NameOf))}>";

    private static string ValueText(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        _ when type.IsEnum => Enum.ToObject(type, value).ToString()!,
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Static(bool isStatic) => isStatic ? " [static]" : "";

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsMadeByCompiler(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsOfRecord(PropertyInfo property) => property.Name == "EqualityContract";

    private static bool IsWritten(MethodInfo method) =>
        !IsMadeByCompiler(method) &&
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) &&
        method.GetBaseDefinition().DeclaringType != typeof(object);
}

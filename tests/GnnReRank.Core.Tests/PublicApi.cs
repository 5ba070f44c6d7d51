using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GnnReRank.Tests;

/// <summary>What a program can use of the engine, one member a line, in an order that keeps a type's members together.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    public static string[] Of(Assembly assembly) =>
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

    /// <summary>The member's line; null for what cannot be seen, what the compiler makes of the rest, and what every object has.</summary>
    private static string? LineOf(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } field when IsVisible(field) => FieldLine(field),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) && !IsMadeByCompiler(property) =>
            PropertyLine(property),
        EventInfo made when IsVisible(made.AddMethod!) => $"{made.Name} -> {NameOf(made.EventHandlerType!)} [event]",
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) && !IsMadeByCompiler(constructor) =>
            $"new({ParametersOf(constructor)})",
        MethodInfo method when IsVisible(method) && !IsMadeByCompiler(method) && !IsAccessor(method) && !IsOfEveryObject(method) =>
            $"{method.Name}{Generics(method)}({ParametersOf(method)}) -> {TypeOf(method.ReturnParameter)}{Static(method.IsStatic)}",
        _ => null,
    };

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
        bool isInit = set is not null && set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        string get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "";
        string write = set is null ? "" : isInit ? " init;" : " set;";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? " [required]" : "";
        bool isStatic = property.GetAccessors(nonPublic: true)[0].IsStatic;
        return $"{name} {{{get}{write} }} -> {TypeOf(new NullabilityInfoContext().Create(property))}{required}{Static(isStatic)}";
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
        IEnumerable<Type> faces = type.GetInterfaces()
            .Where(face => face.IsPublic && !(face.Name.StartsWith("IEquatable", StringComparison.Ordinal) && IsRecord(type)));
        IEnumerable<Type> parents = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [parent] : [];
        string[] names = [.. parents.Select(NameOf), .. faces.Select(NameOf).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }

    private static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(ParameterOf));

    private static string ParameterOf(ParameterInfo parameter)
    {
        string value = parameter.HasDefaultValue ? " = " + ValueText(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{(parameter.IsOut ? "out " : "")}{TypeOf(parameter)} {parameter.Name}{value}";
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

        if (type.IsByRef || type.IsArray)
        {
            return NameOf(type.GetElementType()!) + (type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value) + "?";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

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

    private static bool IsMadeByCompiler(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsOfEveryObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType == typeof(object);
}

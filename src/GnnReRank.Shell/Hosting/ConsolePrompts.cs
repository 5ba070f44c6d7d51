using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace GnnReRank.Shell.Hosting;

/// <summary>Asks a person: for a mandatory parameter's value, or to confirm.</summary>
internal sealed class ConsolePrompts(PSHostUserInterface ui)
{
    public Dictionary<string, PSObject> AskFields(string caption, string message, Collection<FieldDescription> fields)
    {
        WriteHeading(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in fields)
        {
            answers[field.Name] = field.ParameterTypeFullName.EndsWith("[]", StringComparison.Ordinal)
                ? PSObject.AsPSObject(AskList(field.Name))
                : PSObject.AsPSObject(Ask($"{field.Name}: "));
        }

        return answers;
    }

    public int AskChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        string question = string.Join("  ", choices.Select(choice => $"[{HotKey(choice)}] {Label(choice)}")) + "  [?] Help"
            + (defaultChoice >= 0 ? $" (default is \"{HotKey(choices[defaultChoice])}\"): " : ": ");
        while (true)
        {
            string answer = Ask(question).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int index = choices.ToList().FindIndex(choice => Matches(choice, answer));
            if (index >= 0)
            {
                return index;
            }

            if (answer == "?")
            {
                WriteHelp(choices);
            }
        }
    }

    public SecureString ReadSecret(Terminal terminal)
    {
        SecureString secret = new();
        if (terminal.IsInputRedirected)
        {
            Array.ForEach((Console.In.ReadLine() ?? string.Empty).ToCharArray(), secret.AppendChar);
            return secret;
        }

        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        ui.WriteLine();
        return secret;
    }

    /// <summary>The letter after the ampersand, or the whole label where there is none.</summary>
    private static string HotKey(ChoiceDescription choice)
    {
        int ampersand = choice.Label.IndexOf('&');
        return ampersand >= 0 && ampersand + 1 < choice.Label.Length ? choice.Label[ampersand + 1].ToString().ToUpperInvariant() : choice.Label;
    }

    private static string Label(ChoiceDescription choice) => choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static bool Matches(ChoiceDescription choice, string answer) =>
        answer.Equals(HotKey(choice), StringComparison.OrdinalIgnoreCase) || answer.Equals(Label(choice), StringComparison.OrdinalIgnoreCase);

    private string[] AskList(string name)
    {
        List<string> values = [];
        for (string value = Ask($"{name}[0]: "); value.Length > 0; value = Ask($"{name}[{values.Count}]: "))
        {
            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>The end of the input is no answer: taking the default there would confirm what nobody confirmed.</summary>
    private string Ask(string question)
    {
        ui.Write(question);
        return Console.In.ReadLine() ?? throw new HostException("The input ended where an answer was needed. Give the parameter, or -Confirm:$false.");
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in (string[])[caption, message])
        {
            if (!string.IsNullOrEmpty(line))
            {
                ui.WriteLine(line);
            }
        }
    }

    private void WriteHelp(Collection<ChoiceDescription> choices)
    {
        foreach (ChoiceDescription choice in choices)
        {
            ui.WriteLine($"{HotKey(choice)} - {choice.HelpMessage}");
        }
    }
}

using System.CommandLine;

namespace Automation.Server.Cli;

/// <summary><c>init</c>: writes a workspace that works, to start from.</summary>
internal static class InitCommand
{
    public static Command Create(Terminal terminal)
    {
        var directory = new Argument<string>("DIR") { Description = "Where to write it; made when it is not there." };
        var force = new Option<bool>("--force") { Description = "Write into a directory that is not empty, over files of the same name." };
        var example = new Option<string>("--example")
        {
            Description = "starter: one small journey. demo: the seven journeys of the demo shop, in Chinese and English.",
            HelpName = "starter|demo",
            DefaultValueFactory = _ => "starter",
        };
        var language = SpokenLanguage.Option();
        language.Description = "Language of the starter's names, texts and comments: en or zh. Default: the terminal's own.";
        var command = new Command("init", "Writes a workspace that works, to start from.") { directory, example, language, force };
        command.SetAction(parsed =>
        {
            var isChinese = SpokenLanguage.Known(parsed.GetValue(language)!) == "zh";
            return Run(terminal, parsed.GetRequiredValue(directory), Folder(parsed.GetValue(example)!, isChinese), parsed.GetValue(force), isChinese);
        });
        return command;
    }

    private static PackedFolder Folder(string example, bool isChinese) => example switch
    {
        "starter" => isChinese ? PackedFolder.StarterZh : PackedFolder.Starter,
        "demo" => PackedFolder.Demo,
        _ => throw new CannotRunException("unknown_example", $"Expected the example starter or demo, but found '{example}'."),
    };

    private static int Run(Terminal terminal, string directory, PackedFolder folder, bool force, bool isChinese)
    {
        if (File.Exists(directory))
        {
            throw new CannotRunException("not_a_directory", $"Expected a directory, but '{directory}' is a file.");
        }
        if (!force && Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new CannotRunException(
                "directory_not_empty", $"Expected an empty directory, but '{directory}' has files in it; --force writes there all the same.");
        }
        var written = folder.WriteTo(directory);
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteString("directory", directory);
                to.WriteStartArray("files");
                foreach (var file in written)
                {
                    to.WriteStringValue(file);
                }
                to.WriteEndArray();
                to.WriteEndObject();
            });
            return ExitCodes.Fine;
        }
        foreach (var file in written)
        {
            terminal.Say(Path.Combine(directory, file));
        }
        terminal.Note($"{(isChinese ? "下一步：" : "Next: ")}automation lint --workspace {directory}");
        return ExitCodes.Fine;
    }
}

using System.Text;
using Automation.Server.Cli;

namespace Automation.Server.Tests.Cli;

/// <summary><c>serve</c> or <c>demo</c> running within this process until its token says stop.</summary>
internal sealed class Serving
{
    private Serving(Task ready, Task<int> code, Listener error)
    {
        (Ready, Code, Error) = (ready, code, error);
    }

    /// <summary>It listens, or it has ended.</summary>
    public Task Ready { get; }

    public Task<int> Code { get; }

    public Listener Error { get; }

    public static Serving Begin(CancellationToken stop, params string[] options)
    {
        var error = new Listener("Listening on");
        var terminal = new Terminal(TextWriter.Null, error, isInteractive: false);
        var code = Task.Run(() => CommandLine.RunAsync(["serve", "--urls", "http://127.0.0.1:0", .. options], terminal, stop), CancellationToken.None);
        return new Serving(Task.WhenAny(error.Heard, code), code, error);
    }

    /// <summary>Keeps what is written, and tells when a line begins with the words.</summary>
    internal sealed class Listener(string words) : StringWriter
    {
        private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Heard => _heard.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(words, StringComparison.Ordinal) == true)
            {
                _heard.TrySetResult();
            }
        }
    }
}

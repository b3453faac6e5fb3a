using System.Text;

namespace Automation.Sandbox;

/// <summary>Calls back as vendors do: later, again when it is not thanked, and a few times at most.</summary>
internal sealed class Hooks(TimeSpan delay) : IDisposable
{
    private const int TriesMax = 4;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stopping = new();
    private int _pending;

    /// <summary>Where the engine takes callbacks, as <c>http://127.0.0.1:5080/hooks/</c>; null while there is nobody to call.</summary>
    public Uri? Address { get; set; }

    /// <summary>Callbacks that are on their way.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <param name="account">Whose hook.</param>
    /// <param name="query">What stands behind the address.</param>
    /// <param name="times">How often it is sent.</param>
    public void Post(string account, string query, string body, string contentType, int times = 1)
    {
        if (Address is not { } address)
        {
            return;
        }
        var target = new Uri(address, $"{account}?{query}");
        for (var i = 0; i < times; i++)
        {
            Interlocked.Increment(ref _pending);
            _ = Task.Run(() => PostAsync(target, body, contentType));
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _http.Dispose();
    }

    private async Task PostAsync(Uri target, string body, string contentType)
    {
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _stopping.Token);
            }
            for (var attempt = 1; attempt <= TriesMax; attempt++)
            {
                if (await IsThankedAsync(target, body, contentType))
                {
                    return;
                }
                await Task.Delay(BetweenTries * attempt, _stopping.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The stand-ins stop; a vendor's callback may get lost at any time.
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task<bool> IsThankedAsync(Uri target, string body, string contentType)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, contentType);
            using var answer = await _http.PostAsync(target, content, _stopping.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

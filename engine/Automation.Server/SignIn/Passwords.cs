using System.Collections.Frozen;
using Automation.Server.Api;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Automation.Server.SignIn;

/// <summary>
/// Passwords as ASP.NET Core Identity hashes them (PBKDF2, HMAC-SHA-512, a salt each). Hashing is slow on purpose, so only a few run
/// at a time: a flood of guesses must not take the processor from the engine.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const int LengthMin = 12;
    private const int LengthMax = 128;

    // Shorter names stand in words by chance.
    private const int NameLengthMin = 4;
    private const int DistinctMin = 5;
    private const int Rounds = 210_000;
    private const int AtOnce = 2;
    private const int WaitingMax = 32;

    private static readonly FrozenSet<string> WellKnown = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "password1234", "passwordpassword", "123456789012", "1234567890123", "qwertyuiop12", "qwertyuiop123", "administrator", "letmeinletmein",
        "iloveyou1234", "woaini1314520", "abcdefghijkl", "changeme1234", "automation123");

    private readonly PasswordHasher<string> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly string _nobodys;
    private int _waiting;

    // Whoever guesses at a name that nobody has waits as long as for a wrong password.
    public Passwords() => _nobodys = _hasher.HashPassword("", Secrets.Create());

    public void Dispose() => _turns.Dispose();

    /// <exception cref="ApiException">It is too easily guessed.</exception>
    public static void Require(string password, string name, string pointer = "/password")
    {
        var problem = password.Length < LengthMin ? $"at least {LengthMin} characters, but found {password.Length}"
            : password.Length > LengthMax ? $"at most {LengthMax} characters, but found {password.Length}"
            : password.Distinct().Count() < DistinctMin ? $"at least {DistinctMin} different characters, but found fewer"
            : name.Length >= NameLengthMin && password.Contains(name, StringComparison.OrdinalIgnoreCase) ? "a password without the user's name in it, but it is there"
            : WellKnown.Contains(password) ? "a password that few others use, but everybody knows this one"
            : null;
        if (problem is not null)
        {
            throw ApiException.BadRequest("weak_password", $"Expected {problem}.", pointer);
        }
    }

    public Task<string> HashAsync(string password, CancellationToken cancellation) =>
        InTurnAsync(() => _hasher.HashPassword("", password), cancellation);

    /// <param name="hash">Null for a user that is none; the answer is no, and takes as long.</param>
    public Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellation) => password.Length > LengthMax
        ? Task.FromResult(false)
        : InTurnAsync(() => _hasher.VerifyHashedPassword("", hash ?? _nobodys, password) != PasswordVerificationResult.Failed && hash is not null, cancellation);

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ApiException(StatusCodes.Status429TooManyRequests, "too_many_requests", "Expected fewer sign-ins at a time, but too many wait.")
            {
                RetryAfterSeconds = 5,
            };
        }
        try
        {
            await _turns.WaitAsync(cancellation);
            try
            {
                return await Task.Run(work, CancellationToken.None);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

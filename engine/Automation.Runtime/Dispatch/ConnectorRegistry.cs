using System.Collections.Immutable;
using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// The connectors this process has, and the accounts configured for them. An account that is changed gets a new connector; the
/// old one is disposed when the calls under way have returned.
/// </summary>
public sealed partial class ConnectorRegistry : IAsyncDisposable
{
    private readonly Dictionary<string, IConnectorFactory> _factories;
    private readonly ConnectorServices _services;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private Dictionary<string, ConfiguredAccount> _accounts = new(StringComparer.Ordinal);

    public ConnectorRegistry(IEnumerable<IConnectorFactory> factories, ConnectorServices services, ILogger<ConnectorRegistry> log)
    {
        _factories = factories.ToDictionary(factory => factory.Manifest.Key, StringComparer.Ordinal);
        _services = services;
        _log = log;
        foreach (var factory in _factories.Values.Where(one => one.Manifest.ContractVersion != ConnectorManifest.CurrentContractVersion))
        {
            throw new InvalidOperationException(
                $"Expected connector '{factory.Manifest.Key}' to be built for contract {ConnectorManifest.CurrentContractVersion}, but it is built for {factory.Manifest.ContractVersion}.");
        }
    }

    /// <summary>Takes receipts of an account that did not come through a callback. Set once, before the first account.</summary>
    public Func<string, IReadOnlyList<Receipt>, ValueTask> Receipts { get; set; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>Told the key of an account that was changed, saved, or found to work: what waits for it may be tried again.</summary>
    public event Action<string>? Renewed;

    public IEnumerable<ConnectorManifest> Manifests => _factories.Values.Select(factory => factory.Manifest).OrderBy(one => one.Key, StringComparer.Ordinal);

    /// <summary>What the core must know of the accounts that work.</summary>
    public ImmutableArray<AccountTraits> Traits
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts.Values.OrderBy(one => one.Account.Key, StringComparer.Ordinal).Select(one => one.Traits)];
            }
        }
    }

    /// <summary>The accounts whose vendors can be asked what became of a message.</summary>
    public IReadOnlyList<string> Askable
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts.Values.Where(one => one.Manifest.CanQueryOutcome || one.Account.Receipts(one.Manifest) == ReceiptDelivery.Pull)
                    .Select(one => one.Account.Key).Order(StringComparer.Ordinal)];
            }
        }
    }

    public ConnectorManifest? Manifest(string connector) => _factories.GetValueOrDefault(connector)?.Manifest;

    /// <summary>Checks an account without taking it into use.</summary>
    /// <exception cref="ConnectorConfigurationException">The connector is unknown, or its configuration is wrong.</exception>
    public IConnector Try(ConnectorAccount account) =>
        _factories.TryGetValue(account.ConnectorKey, out var factory)
            ? factory.Create(account, ServicesOf(account.Key))
            : throw new ConnectorConfigurationException("/connector", $"Expected a connector that is installed, but '{account.ConnectorKey}' is not.{Nearest.Hint(account.ConnectorKey, Manifests.Select(static one => one.Key))}");

    /// <summary>
    /// Puts these accounts into use and all others out of it. A connector that needs no configuration has an account of its own
    /// name without being asked. An account that cannot be made is left out, and its messages wait until it can.
    /// </summary>
    public async ValueTask ConfigureAsync(IReadOnlyList<ConnectorAccount> accounts)
    {
        var made = new Dictionary<string, ConfiguredAccount>(StringComparer.Ordinal);
        var unnamed = _factories.Keys.Where(key => !accounts.Any(account => account.Key == key))
            .Select(key => new ConnectorAccount { Key = key, ConnectorKey = key });
        foreach (var account in accounts.Concat(unnamed))
        {
            if (Reuse(account) is { } known)
            {
                made[account.Key] = known;
                continue;
            }
            try
            {
                made[account.Key] = new ConfiguredAccount(account, _factories.GetValueOrDefault(account.ConnectorKey)?.Manifest!, Try(account));
            }
            catch (ConnectorConfigurationException) when (!accounts.Contains(account))
            {
                // Nobody asked for it: a connector that needs a configuration has no account until there is one.
            }
            catch (ConnectorConfigurationException wrong)
            {
                LogNotConfigured(account.Key, wrong.Path, wrong.Message);
            }
        }
        ConfiguredAccount[] gone;
        string[] renewed;
        lock (_gate)
        {
            gone = [.. _accounts.Values.Where(old => !made.ContainsValue(old))];
            renewed = [.. made.Where(one => _accounts.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)];
            _accounts = made;
        }
        foreach (var account in renewed)
        {
            Renew(account);
        }
        foreach (var account in gone)
        {
            await account.RetireAsync();
        }
    }

    /// <summary>Somebody saved the account, or found that it works.</summary>
    public void Renew(string account) => Renewed?.Invoke(account);

    /// <summary>Borrows the account's connector for one call; null when there is no such account.</summary>
    public AccountLease? Lease(string account)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(account, out var found) ? found.Lease() : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        ConfiguredAccount[] all;
        lock (_gate)
        {
            all = [.. _accounts.Values];
            _accounts = [];
        }
        foreach (var account in all)
        {
            await account.RetireAsync();
        }
    }

    private ConfiguredAccount? Reuse(ConnectorAccount account)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(account.Key, out var known)
                && known.Account.ConnectorKey == account.ConnectorKey
                && JsonElement.DeepEquals(known.Account.Configuration, account.Configuration)
                && known.Account.Secrets.Count == account.Secrets.Count
                && known.Account.Secrets.All(secret => account.Secrets.TryGetValue(secret.Key, out var same) && same == secret.Value)
                ? known
                : null;
        }
    }

    private ConnectorServices ServicesOf(string account) => _services with { PublishReceipts = receipts => Receipts(account, receipts) };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Account {Account} is not in use: {Path}: {Problem}")]
    private partial void LogNotConfigured(string account, string path, string problem);
}

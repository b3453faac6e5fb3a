using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Journeys;

namespace Automation.Runtime.Dispatch;

/// <summary>An account with its connector, in use.</summary>
internal sealed class ConfiguredAccount(ConnectorAccount account, ConnectorManifest manifest, IConnector connector)
{
    private readonly Lock _gate = new();
    private int _borrowed;
    private bool _isRetired;

    public ConnectorAccount Account => account;

    public ConnectorManifest Manifest => manifest;

    public IConnector Connector => connector;

    public AccountTraits Traits => new(
        account.Key,
        [.. manifest.Channels.Select(channel => new ChannelTraits(
            channel.Key, AddressType(channel.AddressType), channel.Limits.TextCharactersMax, channel.Limits.BodyBytesMax))],
        Receipts: account.Receipts(manifest) != ReceiptDelivery.None,
        AnswersCalls: manifest.Channel(Core.Sending.Channels.Webhook) is not null);

    public AccountLease Lease()
    {
        lock (_gate)
        {
            _borrowed++;
        }
        return new AccountLease(this);
    }

    /// <summary>Disposes the connector, at once or with the last lease.</summary>
    public ValueTask RetireAsync()
    {
        lock (_gate)
        {
            _isRetired = true;
            return _borrowed == 0 ? connector.DisposeAsync() : ValueTask.CompletedTask;
        }
    }

    public void Return()
    {
        bool isLast;
        lock (_gate)
        {
            isLast = --_borrowed == 0 && _isRetired;
        }
        if (isLast)
        {
            // Nobody waits for it: the caller has its results, and a connector's disposal only closes connections.
            _ = connector.DisposeAsync().AsTask();
        }
    }

    // An open id belongs to one app: the account's, where it names one.
    private string? AddressType(string? type) => type switch
    {
        "open_id" => account.Configuration.ValueKind == JsonValueKind.Object
            && account.Configuration.TryGetProperty("app_id", out var app) && app.ValueKind == JsonValueKind.String
            ? $"open_id:{app.GetString()}"
            : Core.Sending.Channels.AnyOpenId,
        "url" => null, // The account's own, not the contact's.
        _ => type,
    };
}

/// <summary>The loan of an account's connector. Dispose it after the call.</summary>
public sealed class AccountLease : IDisposable
{
    private ConfiguredAccount? _account;

    internal AccountLease(ConfiguredAccount account)
    {
        _account = account;
        Account = account.Account;
        Manifest = account.Manifest;
        Connector = account.Connector;
    }

    public ConnectorAccount Account { get; }

    public ConnectorManifest Manifest { get; }

    public IConnector Connector { get; }

    /// <summary>Whether the same message id twice reaches the person once.</summary>
    public bool IsRepeatable => Account.Idempotency(Manifest) == Idempotency.ByMessageId;

    public void Dispose() => Interlocked.Exchange(ref _account, null)?.Return();
}

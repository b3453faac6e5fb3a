using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Server.Demo;

/// <summary>
/// What the customers of the demo shop do, for ever and in order of time: they join the group, look, fill carts, pay or forget to,
/// write, and some opt out or fall silent. The same seed gives the same shop.
/// </summary>
internal sealed class ShopStream
{
    // Whole numbers, as they would come out of JSON: what is recorded must read back as the very same value.
    private static readonly (string Name, long Price)[] Products =
    [
        ("龙井新茶 250g", 168), ("桂花乌龙", 88), ("陶瓷茶壶", 299), ("竹制茶盘", 459), ("旅行茶具套装", 358), ("茉莉花茶", 59),
        ("陈皮普洱", 228), ("玻璃公道杯", 45), ("手工茶点礼盒", 138), ("白毫银针", 698),
    ];

    private static readonly string[] Words = ["有优惠吗？", "coupon?", "什么时候发货", "今天有优惠活动吗", "在吗", "Is the oolong back?"];

    // Shops sleep at night: the chance of a visit by hour of the day.
    private static readonly int[] ByHour = [1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 8, 8, 9, 8, 6, 6, 6, 7, 8, 10, 12, 11, 7, 3];

    private readonly PriorityQueue<Action, (long At, int Order)> _agenda = new();
    private readonly Queue<ContactEvent> _ready = new();
    private readonly Random _chance;
    private readonly DateTimeZone _zone;
    private readonly string _prefix;
    private long _events;
    private long _orders;
    private int _order;

    /// <param name="start">From when on customers come.</param>
    /// <param name="joining">How long it takes until nearly all of them have joined.</param>
    public ShopStream(int seed, int customers, Instant start, Duration joining, DateTimeZone zone)
    {
#pragma warning disable CA5394 // A shop that plays the same every time is the point.
        _chance = new Random(seed);
        _zone = zone;
        // A stream that goes on where an earlier one stopped must not give its ids again.
        _prefix = string.Create(CultureInfo.InvariantCulture, $"demo-{seed}-{start.ToUnixTimeSeconds()}");
        for (var number = 1; number <= customers; number++)
        {
            var customer = ShopPeople.Make(number, _chance);
            var at = ByDay(start + (joining * _chance.NextDouble()));
            Plan(at, () => Join(customer, at));
        }
    }

    /// <summary>The next event that happens before the moment, or null.</summary>
    public ContactEvent? Next(Instant before)
    {
        while (_ready.Count == 0)
        {
            if (!_agenda.TryPeek(out _, out var due) || due.At >= before.ToUnixTimeMilliseconds())
            {
                return null;
            }
            _agenda.Dequeue()();
        }
        return _ready.Dequeue();
    }

    /// <summary>When something happens next.</summary>
    public Instant? NextAt => _agenda.TryPeek(out _, out var due) ? Instant.FromUnixTimeMilliseconds(due.At) : null;

    private void Join(ShopCustomer customer, Instant at)
    {
        Emit(EventType.Identify, "identify", at, customer.Traits(), customer.Identities());
        Emit(EventType.Group, ContactEvent.GroupJoined, at, PropertyBag.Of(("group_id", $"g-{customer.City}")), customer.Key);
        var last = customer.GoesQuiet ? at + Duration.FromDays(3 + _chance.Next(24)) : Instant.MaxValue;
        PlanVisit(customer, at, last);
    }

    private void PlanVisit(ShopCustomer customer, Instant after, Instant last)
    {
        var days = -Math.Log(1 - _chance.NextDouble()) / customer.Eagerness;
        var at = ByDay(after + Duration.FromDays(Math.Clamp(days, 0.05, 45)));
        if (at < last)
        {
            Plan(at, () => Visit(customer, at, last));
        }
    }

    private void Visit(ShopCustomer customer, Instant at, Instant last)
    {
        var (name, price) = Products[_chance.Next(Products.Length)];
        Track(customer, "product_viewed", at, ("product", name), ("price", price));
        var draw = _chance.Next(100);
        if (draw < 45)
        {
            var pieces = 1 + _chance.Next(3);
            var cart = at + Duration.FromSeconds(60 + _chance.Next(600));
            Plan(cart, () => Track(customer, "cart_added", cart, ("product", name), ("amount", price * pieces), ("pieces", (long)pieces)));
            if (draw < 29)
            {
                // Most pay within two hours; who takes longer is reminded first.
                var paid = cart + Duration.FromMinutes(_chance.Next(100) < 85 ? 2 + _chance.Next(50) : 150 + _chance.Next(600));
                var order = string.Create(CultureInfo.InvariantCulture, $"o-{++_orders:D5}");
                Plan(paid, () => Track(customer, "order_paid", paid, ("order_id", order), ("product", name), ("amount", price * pieces)));
            }
        }
        else if (draw < 52 && customer.IsWeComFriend)
        {
            Track(customer, ContactEvent.MessageReceived, at, ("channel", "wecom"), ("text", Words[_chance.Next(Words.Length)]));
        }
        else if (draw < 53 && customer.Phone is not null)
        {
            Track(customer, ContactEvent.MessageReceived, at, ("channel", "sms"), ("text", "TD"));
            Emit(EventType.Identify, "identify", at, PropertyBag.Of(("consent", PropertyBag.Of(("sms", false)))), customer.Key);
        }
        PlanVisit(customer, at, last);
    }

    private void Track(ShopCustomer customer, string name, Instant at, params (string, object?)[] properties) =>
        Emit(EventType.Track, name, at, PropertyBag.Of(properties), customer.Key);

    private void Emit(EventType type, string name, Instant at, PropertyBag properties, System.Collections.Immutable.ImmutableArray<Identity> identities) =>
        _ready.Enqueue(new ContactEvent(
            string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{++_events}"), type, name, at, at, properties, identities));

    private void Plan(Instant at, Action what) => _agenda.Enqueue(what, (at.ToUnixTimeMilliseconds(), _order++));

    /// <summary>Moves a moment within its day to an hour at which people are awake.</summary>
    private Instant ByDay(Instant at)
    {
        var local = at.InZone(_zone).LocalDateTime;
        var draw = _chance.Next(ByHour.Sum());
        var hour = 0;
        while (draw >= ByHour[hour])
        {
            draw -= ByHour[hour++];
        }
        var moved = local.Date.At(new LocalTime(hour, _chance.Next(60), _chance.Next(60), _chance.Next(1000)));
        var instant = _zone.AtLeniently(moved).ToInstant();
        // Never back before the moment it follows from.
        return instant > at ? instant : instant + Duration.FromDays(1);
    }
}

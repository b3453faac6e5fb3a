using System.Collections.Immutable;
using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;

namespace Automation.Server.Demo;

/// <summary>The customers of the demo shop. Nobody is real: names are put together by chance.</summary>
internal static class ShopPeople
{
    /// <summary>Numbers of the right form and of no network: nobody was given those that begin with 154, so nothing can ring anywhere.</summary>
    private const string PhonePrefix = "+86154";

    private static readonly string[] FamilyNames =
        ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗"];

    private static readonly string[] GivenNames =
    [
        "子涵", "雨桐", "浩然", "欣怡", "思远", "佳宁", "一诺", "晨曦", "俊杰", "梦瑶", "嘉懿", "梓萱", "明轩", "若溪", "宇航", "诗涵",
        "静怡", "博文", "雅琪", "天佑", "芷若", "景行", "可馨", "安然", "小满", "立夏", "知秋", "慕白", "婉清", "星辰",
    ];

    private static readonly string[] EnglishNames = ["Amy", "Ben", "Carol", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack"];

    private static readonly (string City, int Share)[] Cities =
        [("上海", 24), ("北京", 18), ("杭州", 14), ("广州", 12), ("深圳", 12), ("成都", 10), ("武汉", 6), ("西安", 4)];

    public static ShopCustomer Make(int number, Random chance)
    {
        var english = chance.Next(100) < 12;
        var name = english
            ? EnglishNames[chance.Next(EnglishNames.Length)]
            : FamilyNames[chance.Next(FamilyNames.Length)] + GivenNames[chance.Next(GivenNames.Length)];
        var birthday = new LocalDate(1970 + chance.Next(36), 1, 1).PlusDays(chance.Next(365));
        return new ShopCustomer(number, name, english ? "en" : "zh", City(chance), birthday)
        {
            Phone = chance.Next(100) < 94 ? PhonePrefix + number.ToString("D8", CultureInfo.InvariantCulture) : null,
            IsWeComFriend = chance.Next(100) < 70,
            UsesMiniProgram = chance.Next(100) < 80,
            AcceptsMiniProgram = chance.Next(100) < 75,
            Eagerness = 0.15 + (chance.NextDouble() * chance.NextDouble() * 1.6),
            GoesQuiet = chance.Next(100) < 38,
        };
    }

    private static string City(Random chance)
    {
        var draw = chance.Next(Cities.Sum(city => city.Share));
        foreach (var (city, share) in Cities)
        {
            draw -= share;
            if (draw < 0)
            {
                return city;
            }
        }
        return Cities[0].City;
    }
}

/// <summary>One made-up customer, with the habits that make their behaviour.</summary>
internal sealed record ShopCustomer(int Number, string Name, string Language, string City, LocalDate Birthday)
{
    public required string? Phone { get; init; }

    public required bool IsWeComFriend { get; init; }

    public required bool UsesMiniProgram { get; init; }

    public required bool AcceptsMiniProgram { get; init; }

    /// <summary>Visits a day, on average.</summary>
    public required double Eagerness { get; init; }

    /// <summary>Loses interest after some weeks.</summary>
    public required bool GoesQuiet { get; init; }

    public string UserId => string.Create(CultureInfo.InvariantCulture, $"shop-{Number:D4}");

    public ImmutableArray<Identity> Key => [new Identity(Identity.UserId, UserId)];

    /// <summary>What the shop knows when they join.</summary>
    public PropertyBag Traits()
    {
        var traits = PropertyBag.Of(
            ("name", Name), ("city", City), ("language", Language), ("birthday", NodaTime.Text.LocalDatePattern.Iso.Format(Birthday)));
        return UsesMiniProgram ? traits.With("consent", PropertyBag.Of(("mini_program", AcceptsMiniProgram))) : traits;
    }

    public ImmutableArray<Identity> Identities()
    {
        var all = Key;
        if (Phone is not null)
        {
            all = all.Add(new Identity(Identity.Phone, Phone));
        }
        if (IsWeComFriend)
        {
            all = all.Add(new Identity(Identity.ExternalUserId, string.Create(CultureInfo.InvariantCulture, $"wm-demo-{Number:D4}")));
        }
        if (UsesMiniProgram)
        {
            all = all.Add(new Identity(Identity.OpenIdPrefix + "wxdemo", string.Create(CultureInfo.InvariantCulture, $"o-demo-{Number:D4}")));
        }
        return all;
    }
}

using Automation.Core.Contacts;
using NodaTime;

namespace Automation.Core.Rules;

/// <summary>Where a field's value comes from: found out once, read for every contact.</summary>
internal abstract class FieldSource
{
    public abstract RuleValue Read(in RuleContext context);

    /// <summary>When time alone changes the value; null for all but windows.</summary>
    public virtual Instant? NextChange(in RuleContext context) => null;

    /// <summary>For a field that is one value, not a set.</summary>
    public static FieldSource For(FieldPath field, Duration? within) => field switch
    {
        FieldPath.ContactAttribute attribute => new Attribute(attribute.Path),
        FieldPath.EventProperty property => new EventProperty(property.Path),
        FieldPath.StepValue value => new StepValue(value),
        FieldPath.History history when within is { } window => new Windowed(history, window),
        FieldPath.History history => new Lifetime(history),
        FieldPath.Consent consent => new Consent(consent.Channel),
        FieldPath.Quota quota => new Quota(quota.Name),
        _ => new Plain(field),
    };

    private sealed class Attribute(PropertyPath path) : FieldSource
    {
        public override RuleValue Read(in RuleContext context) => RuleValue.Of(path.Find(context.Contact.Attributes));
    }

    private sealed class EventProperty(PropertyPath path) : FieldSource
    {
        public override RuleValue Read(in RuleContext context) =>
            RuleValue.Of(path.Find(context.Event ?? context.Enrollment?.Event));
    }

    private sealed class Plain(FieldPath field) : FieldSource
    {
        public override RuleValue Read(in RuleContext context) => field switch
        {
            FieldPath.ContactId => RuleValue.Of((decimal)context.Contact.Id),
            FieldPath.FirstSeen => RuleValue.Of(context.Contact.FirstSeen),
            FieldPath.LastActivity => RuleValue.Of(context.Contact.LastActivity),
            FieldPath.EventName => RuleValue.Of((object?)(context.EventName ?? context.Enrollment?.EventName)),
            _ => default,
        };
    }

    private sealed class StepValue(FieldPath.StepValue value) : FieldSource
    {
        // From the newest: a loop may have passed the step more than once.
        public override RuleValue Read(in RuleContext context)
        {
            if (context.Enrollment is { } enrollment)
            {
                for (var i = enrollment.Results.Length - 1; i >= 0; i--)
                {
                    if (string.Equals(enrollment.Results[i].Step, value.Step, StringComparison.Ordinal))
                    {
                        return RuleValue.Of(value.Path.Find(enrollment.Results[i].Values));
                    }
                }
            }
            return default;
        }
    }

    private sealed class Lifetime(FieldPath.History field) : FieldSource
    {
        public override RuleValue Read(in RuleContext context)
        {
            var history = Histories.Find(context.Contact.Histories, field.Event);
            return field.Measure switch
            {
                HistoryMeasure.Count => RuleValue.Of((decimal)(history?.Count ?? 0)),
                HistoryMeasure.Sum => RuleValue.Of(history?.Sum(field.Property!) ?? 0),
                HistoryMeasure.First => RuleValue.Of(history?.First),
                HistoryMeasure.Last => RuleValue.Of(history?.Last),
                _ => default,
            };
        }
    }

    private sealed class Windowed(FieldPath.History field, Duration within) : FieldSource
    {
        public override RuleValue Read(in RuleContext context)
        {
            var history = Histories.Find(context.Contact.Histories, field.Event);
            return field.Measure switch
            {
                HistoryMeasure.Count => RuleValue.Of((decimal)(history?.CountWithin(context.Now, within) ?? 0)),
                HistoryMeasure.Sum => RuleValue.Of(history?.SumWithin(field.Property!, context.Now, within) ?? 0),
                HistoryMeasure.First => RuleValue.Of(history?.FirstWithin(context.Now, within)),
                HistoryMeasure.Last => RuleValue.Of(history?.LastWithin(context.Now, within)),
                _ => default,
            };
        }

        public override Instant? NextChange(in RuleContext context) =>
            Histories.Find(context.Contact.Histories, field.Event)?.NextChange(context.Now, within);
    }

    private sealed class Consent(string channel) : FieldSource
    {
        public override RuleValue Read(in RuleContext context)
        {
            foreach (var consent in context.Contact.Consents)
            {
                if (string.Equals(consent.Channel, channel, StringComparison.Ordinal))
                {
                    return RuleValue.Of(consent.Granted);
                }
            }
            return default;
        }
    }

    private sealed class Quota(string name) : FieldSource
    {
        public override RuleValue Read(in RuleContext context)
        {
            foreach (var quota in context.Contact.Quotas)
            {
                if (string.Equals(quota.Name, name, StringComparison.Ordinal))
                {
                    return RuleValue.Of((decimal)quota.Balance);
                }
            }
            return RuleValue.Of(0m);
        }
    }
}

namespace Automation.Core.Templates.Evaluation;

/// <summary>Output: printing values, repeating indentation, cutting at the limit, and captures.</summary>
internal sealed partial class Rendering
{
    private readonly int _textLimit;
    private int _captureStart;
    private bool _isFull;
    private string? _indent;
    private bool _atLineStart;

    /// <summary>The whitespace before the running code block, which every further line it prints repeats.</summary>
    public string? Indent
    {
        get => _indent;
        set => _indent = value;
    }

    public void Write(string text)
    {
        if (_indent is not null)
        {
            WriteIndented(text);
            return;
        }

        if (_isFull)
        {
            return;
        }

        StepForText(text.Length);
        Output.Append(text);
        Cut();
    }

    public void Print(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Missing:
                return;
            case ValueKind.String:
                Write(value.Text!);
                return;
            default:
                PrintOther(value);
                return;
        }
    }

    private void PrintOther(Value value)
    {
        if (_isFull)
        {
            return;
        }

        var start = Output.Length;
        Step();
        ValueWriter.Write(this, value, isNested: false, depth: 0);
        if (_indent is not null)
        {
            var text = Output.TextFrom(start);
            Output.CutTo(start);
            WriteIndented(text);
        }
        else
        {
            Cut();
        }
    }

    private void WriteIndented(string text)
    {
        if (_isFull)
        {
            return;
        }

        StepForText(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            var isEmptyLine = text[start] == '\n' || (text[start] == '\r' && end - start == 2);
            if (_atLineStart && (!isEmptyLine || Strictness.IndentOnEmptyLines))
            {
                Output.Append(_indent);
            }

            Output.Append(text.AsSpan(start, end - start));
            _atLineStart = text[end - 1] == '\n';
            start = end;
        }

        Cut();
    }

    /// <summary>Output past the limit is dropped and replaced by three dots; a pair of surrogates is not torn apart.</summary>
    private void Cut()
    {
        var length = Output.Length - _captureStart;
        if (length <= _textLimit)
        {
            return;
        }

        var end = _captureStart + _textLimit;
        if (_textLimit > 0 && char.IsHighSurrogate(Output.From(end - 1)[0]))
        {
            end--;
        }

        Output.CutTo(end);
        Output.Append("...");
        _isFull = true;
    }

    /// <summary>Starts a text of its own behind the output; <see cref="EndCapture"/> cuts it off and answers it.</summary>
    public CaptureMark BeginCapture(bool keepIndent)
    {
        var mark = new CaptureMark(_captureStart, _isFull, _indent, _atLineStart, Output.Length);
        _captureStart = Output.Length;
        _isFull = false;
        if (!keepIndent)
        {
            _indent = null;
            _atLineStart = false;
        }

        return mark;
    }

    public string EndCapture(CaptureMark mark)
    {
        var text = Output.TextFrom(mark.Position);
        Drop(mark);
        return text;
    }

    /// <summary>Ends a capture but leaves its text where it is, as output of what runs around it.</summary>
    public void Drop(CaptureMark mark)
    {
        Output.CutTo(mark.Position);
        _captureStart = mark.Start;
        _isFull = mark.IsFull;
        _indent = mark.Indent;
        _atLineStart = mark.AtLineStart;
    }

    public readonly record struct CaptureMark(int Start, bool IsFull, string? Indent, bool AtLineStart, int Position);
}

using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

public sealed class RoundTripProperties
{
    // Lone surrogates have no UTF-8 form, so that no log can hold them.
    private static readonly Gen<string> Texts = ArbMap
        .Default.GeneratorFor<NonNull<string>>()
        .Select(text => text.Get)
        .Where(text => !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar));

    private static readonly Gen<double> Numbers = ArbMap.Default.GeneratorFor<double>();
    private static readonly Gen<long> Integers = ArbMap.Default.GeneratorFor<long>();
    private static readonly Gen<int> SmallIntegers = ArbMap.Default.GeneratorFor<int>();
    private static readonly Gen<bool> Flags = ArbMap.Default.GeneratorFor<bool>();

    private static readonly Gen<object> Values = Gen.OneOf(
        Texts.Select(object (value) => value),
        Numbers.Select(object (value) => value),
        Integers.Select(object (value) => value),
        Flags.Select(object (value) => value)
    );

    private static readonly Gen<IReadOnlyDictionary<string, object>> MeasuredMaps =
        from keys in Texts.ListOf()
        from values in Values.ListOf(keys.Count)
        select (IReadOnlyDictionary<string, object>)
            keys.Zip(values).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);

    private static readonly Gen<ResetLayer> Layers =
        from name in Texts
        from error in Numbers
        from norm in Numbers
        from measured in Flags
        select new ResetLayer(name, error, norm)
        {
            NormA = measured ? error : null,
            NormB = measured ? norm : null,
            StateCleared = measured ? error : null,
        };

    private static readonly Gen<EvalDomain> Domains =
        from name in Texts
        from loss in Numbers
        from tokens in Integers
        from rows in Numbers.ListOf()
        select new EvalDomain(name, loss, Math.Exp(loss), tokens) { RowNats = [.. rows] };

    private static readonly Gen<PairsPhenomenon> Phenomena =
        from name in Texts
        from correct in Integers
        from ties in Integers
        from isNew in Flags
        select new PairsPhenomenon(name, correct, ties, correct)
        {
            Term = isNew ? name : null,
            Right = isNew ? "a0" : null,
        };

    private static readonly Gen<TaskFigure> Figures =
        from name in Texts
        from metric in Texts
        from value in Numbers
        from items in Integers
        from isShare in Flags
        select new TaskFigure(metric, name, metric, value, items, isShare ? items : null);

    private static readonly Gen<ProbeValue> ProbeValues =
        from layer in Texts
        from value in Numbers
        from finding in Texts
        from vector in Numbers.ListOf()
        from columns in Texts.ListOf()
        select new ProbeValue(layer, value, finding) { Vector = [.. vector], Columns = [.. columns] };

    private static readonly Gen<LogRecord> Records = Gen.OneOf(
        SampleRecords.EveryKind().Select(sample => Like(sample))
    );

    [Fact]
    public void Any_record_is_read_as_it_was_written() =>
        Prop.ForAll(
                Records.ToArbitrary(),
                record =>
                {
                    var bytes = LogFiles.Encode(record);
                    var log = RunLogReader.Read(bytes);
                    var read = log.Entries.Single().Record!;
                    return log.Damages.Count == 0
                        && Describe(read) == Describe(record)
                        && LogFiles.Encode(read).SequenceEqual(bytes);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_run_of_records_is_read_as_it_was_written() =>
        Prop.ForAll(
                Records.ListOf().ToArbitrary(),
                records =>
                {
                    using var folder = new ReLoRA.Testing.TemporaryFolder();
                    LogFiles.Write(folder.File("log"), records);
                    var log = RunLogReader.Read(folder.File("log"));
                    var read = log.Records<LogRecord>().Where(record => record is not CrcRecord);
                    return log.Damages.Count == 0 && read.Select(Describe).SequenceEqual(records.Select(Describe));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    /// <summary>A record of the sample's kind with every property drawn anew.</summary>
    private static Gen<LogRecord> Like(LogRecord sample) =>
        sample
            .GetType()
            .GetProperties()
            .Where(property => property.CanWrite && property.Name != nameof(RunRecord.Format))
            .Select(property => ValueOf(property.PropertyType).Select(value => (property, value)))
            .Aggregate(
                Gen.Constant(() => sample with { }),
                (all, one) =>
                    from make in all
                    from pair in one
                    select (Func<LogRecord>)(
                        () =>
                        {
                            var record = make();
                            pair.property.SetValue(record, pair.value);
                            return record;
                        }
                    )
            )
            .Select(make => make());

    private static Gen<object> ValueOf(Type type) =>
        type switch
        {
            _ when type == typeof(string) => Texts.Select(object (value) => value),
            _ when type == typeof(double) || type == typeof(double?) => Numbers.Select(object (value) => value),
            _ when type == typeof(long) => Integers.Select(object (value) => value),
            _ when type == typeof(int) || type == typeof(int?) => SmallIntegers.Select(object (value) => value),
            _ when type == typeof(bool) || type == typeof(bool?) => Flags.Select(object (value) => value),
            _ when type == typeof(IReadOnlyList<ResetLayer>) => Layers.ListOf().Select(object (value) => value),
            _ when type == typeof(IReadOnlyList<PairsPhenomenon>) => Phenomena.ListOf().Select(object (value) => value),
            _ when type == typeof(IReadOnlyList<ProbeValue>) => ProbeValues.ListOf().Select(object (value) => value),
            _ when type == typeof(IReadOnlyList<TaskFigure>) => Figures.ListOf().Select(object (value) => value),
            _ when type == typeof(IReadOnlyList<EvalDomain>) => Domains.ListOf().Select(object (value) => value),
            _ => MeasuredMaps.Select(object (value) => value),
        };

    /// <summary>Every property's value, as text that tells apart what the log tells apart.</summary>
    private static string Describe(object? value) =>
        value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            double number => $"d{BitConverter.DoubleToInt64Bits(number):x}",
            int or long or bool => $"{value}",
            IEnumerable<KeyValuePair<string, object>> map => string.Join(
                ",",
                map.Select(pair => $"{pair.Key}={Describe(pair.Value)}")
            ),
            System.Collections.IEnumerable list => string.Join(";", list.Cast<object>().Select(Describe)),
            _ => string.Join(
                ",",
                value
                    .GetType()
                    .GetProperties()
                    .Select(property => $"{property.Name}={Describe(property.GetValue(value))}")
            ),
        };
}

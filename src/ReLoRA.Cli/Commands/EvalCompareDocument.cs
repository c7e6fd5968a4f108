namespace ReLoRA.Cli.Commands;

/// <summary>A document as one model scored it.</summary>
/// <param name="Source">Its source.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="Nats">Minus the logarithm of its probability.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Bytes">Its bytes; -1 where they are not known.</param>
internal sealed record EvalCompareDocument(string Source, string Domain, double Nats, double Tokens, double Bytes);

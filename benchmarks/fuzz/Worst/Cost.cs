namespace GnnReRank.Fuzz.Worst;

/// <summary>What an import cost.</summary>
/// <param name="File">The file, in MB.</param>
/// <param name="Seconds">Processor time of the whole process.</param>
/// <param name="Collecting">The seconds of it in which the collector held the program.</param>
/// <param name="Allocated">MB allocated.</param>
/// <param name="Peak">MB of the process at its highest, beyond what it had before.</param>
/// <param name="Outcome">The error's id, or that the file was read.</param>
/// <param name="IsStopped">It took too long.</param>
internal sealed record Cost(double File, double Seconds, double Collecting, double Allocated, double Peak, string Outcome, bool IsStopped);

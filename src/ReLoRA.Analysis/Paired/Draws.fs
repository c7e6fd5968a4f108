namespace ReLoRA.Analysis.Paired

/// Draws that are the same on every machine: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA
/// 2014), whose state is a counter. Its period of 2^64 is far beyond what a bootstrap draws.
[<Sealed>]
type Draws(seed: uint64) =
    let mutable state = seed

    /// The next 64 random bits.
    member _.Next() =
        state <- state + 0x9E3779B97F4A7C15UL
        let z = (state ^^^ (state >>> 30)) * 0xBF58476D1CE4E5B9UL
        let z = (z ^^^ (z >>> 27)) * 0x94D049BB133111EBUL
        z ^^^ (z >>> 31)

    /// A number from 0 to count - 1. The high half of a product with 32 random bits favours some numbers by less than count / 2^32.
    member draws.Below(count: int) =
        int (((draws.Next() >>> 32) * uint64 count) >>> 32)

    /// A number from 0 up to 1.
    member draws.Share() =
        float (draws.Next() >>> 11) * (1.0 / 9007199254740992.0)

namespace ReLoRA.Analysis.Inference

/// A test whose p is counted and not approximated.
type ExactTest =
    {
        /// The two-sided p.
        P: float
        /// The smallest p that so many pairs can give, whatever they show: 2 / 2^n.
        SmallestP: float
        /// The pairs that count.
        Pairs: int
    }

    /// <summary>What so few pairs cannot show; empty where they can.</summary>
    /// <param name="level">The level of the test, for example 0.05.</param>
    member test.Caution(level: float) : string =
        if test.Pairs = 0 then
            "There is no pair that differs: nothing can be tested."
        elif test.SmallestP > level then
            // 2 / 2^n first is below the level at this many pairs.
            let needed = int (System.Math.Ceiling(1.0 - System.Math.Log2 level))

            $"Of {test.Pairs} pair(s) the smallest possible p is {test.SmallestP:R}: this test cannot fall below {level:R}, whatever the pairs show. It takes {needed} pairs."
        else
            ""

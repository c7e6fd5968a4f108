/// A chart of every kind.
module internal ReLoRA.Analysis.Tests.Drawing.SampleCharts

open ReLoRA.Analysis.Report

let band name count (value: int -> float) : Band =
    {
        Name = name
        X = Array.init count (fun index -> float index * 1000.0)
        Mean = Array.init count value
        Low = Array.init count (fun index -> 0.95 * value index)
        High = Array.init count (fun index -> 1.05 * value index)
        IsReference = false
    }

let falling index = 4.0 + 6.0 * exp (-float index / 5.0)

let chart id content : Chart =
    {
        Id = id
        Title = "What is shown"
        X = Axis.linear "tokens"
        Y = Axis.linear "nats per token"
        Rules = [||]
        Content = content
        Note = "How to read it: 1 < 2 & so on."
    }

let lines =
    chart
        "lines"
        (Lines
            [|
                band "first" 20 falling
                band "nothing" 0 falling
                band "second" 200 (falling >> (+) 1.0)
                { band "published" 60 falling with
                    IsReference = true
                }
            |])

let logarithmic =
    { chart
          "logarithmic"
          (Lines
              [|
                  band "first" 20 (fun index -> 10.0 ** (float index / 4.0))
                  // Neither zero nor what is below it has a place on such an axis, nor has what is no number.
                  band "partly" 4 (fun index -> [| 0.0; -1.0; nan; 5.0 |][index])
              |]) with
        X = Axis.logarithmic "step"
        Y = Axis.logarithmic "condition number"
        Rules = [| 0.0; 3000.0; 9000.0 |]
    }

let bars =
    let bar value : Bar =
        {
            Value = value
            Low = value - 0.01
            High = value + 0.09
        }

    { chart
          "bars"
          (Bars(
              [| "anaphor agreement"; "a phenomenon with a long name"; "ellipsis" |],
              [|
                  "first", [| bar 0.6; bar 0.7; { Value = nan; Low = nan; High = nan } |]
                  "second", [| bar 0.5; bar 0.4; bar 0.3 |]
              |]
          )) with
        Rules = [| 0.5 |]
    }

let heat =
    { chart
          "heat"
          (Heat
              {
                  X = [| 0.0; 100.0; 200.0; 400.0 |]
                  Y =
                      [|
                          for layer in 0..5 do
                              $"layers.{layer}.swiglu.w_2"
                      |]
                  Values = [| for row in 0..5 -> [| 1.0; 10.0; nan; 10.0 ** float row |] |]
                  Lowest = 1.0
                  Highest = 1e5
                  Legend = "condition number"
                  Scale = Logarithmic
              }) with
        Y = Axis.linear ""
        Rules = [| 200.0 |]
    }

let all = [ lines; logarithmic; bars; heat ]

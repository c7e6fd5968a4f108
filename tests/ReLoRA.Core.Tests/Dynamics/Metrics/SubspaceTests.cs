using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Principal angles and the overlap that follows from them.</summary>
public sealed class SubspaceTests
{
    /// <summary>Angles from cosines and sines of orthonormal bases in 64 bits.</summary>
    private const double Angle = 1e-12;

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(0.3)]
    [InlineData(1.2)]
    [InlineData(Math.PI / 2)]
    public void A_plane_that_is_turned_about_one_of_its_axes_is_found_at_that_angle(double angle)
    {
        using var scope = NewDisposeScope();
        var first = diag(tensor(new double[] { 4, 3, 0, 0 }));
        var turned = first.clone();
        turned[1, 1] = 3 * Math.Cos(angle);
        turned[2, 1] = 3 * Math.Sin(angle);

        var angles = PrincipalAngles.Of(first, turned, 2, SingularSide.Left);
        Assert.Equal("", angles.Finding);
        // A cosine alone cannot tell 1e-9 from 0.
        Assert.Equal(angle, angles.Values[1], Angle * 1e-2);
        Assert.Equal(0, angles.Values[0], Angle);
        Assert.Equal((1 + Math.Pow(Math.Cos(angle), 2)) / 2, SubspaceOverlap.Of(angles).Value, Angle);
        Assert.Equal(SubspaceOverlap.Of(angles), SubspaceOverlap.Of(first, turned, 2, SingularSide.Left));
    }

    [Fact]
    public void Each_side_has_its_own_vectors_and_neither_changes_with_a_factor()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.Gaussian(8, 6);
        var mixed = mm(Matrices.Rotation(8), matrix).Times(1e-5);
        Assert.Equal(1, SubspaceOverlap.Of(matrix, mixed, 3, SingularSide.Right).Value, Angle);
        Assert.InRange(SubspaceOverlap.Of(matrix, mixed, 3, SingularSide.Left).Value, 0.05, 0.95);
        Assert.Equal(1, SubspaceOverlap.Of(matrix.t(), mixed.t(), 3, SingularSide.Left).Value, Angle);
    }

    [Fact]
    public void Random_subspaces_overlap_by_their_share_of_the_space()
    {
        using var scope = NewDisposeScope();
        var overlap = SubspaceOverlap.Of(
            Matrices.Gaussian(80, 60),
            Matrices.Gaussian(80, 60, 2),
            20,
            SingularSide.Left
        );
        // 20 of 80 dimensions; the deviation of the mean of 20 x 20 squared cosines is about 0.018.
        Assert.Equal(0.25, overlap.Value, 0.06);
    }

    [Fact]
    public void A_subspace_ends_at_the_numerical_rank_and_is_marked()
    {
        using var scope = NewDisposeScope();
        var (full, deficient) = (Matrices.Gaussian(9, 7), Matrices.Product(9, 7, 2));
        var angles = PrincipalAngles.Of(full, deficient, 4, SingularSide.Left);
        Assert.Equal("rank deficient (2 of 4)", angles.Finding);
        Assert.Equal(2, angles.Values.Count);
    }

    [Fact]
    public void Equal_singular_values_on_both_sides_of_the_cut_leave_no_subspace()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.WithSingularValues(5, 2, 2, 1);
        Assert.Equal(
            SpectrumFigure.None("no gap at the cut"),
            SubspaceOverlap.Of(matrix, Matrices.Gaussian(4, 4), 2, SingularSide.Left)
        );
        Assert.Equal("", SubspaceOverlap.Of(matrix, Matrices.Gaussian(4, 4), 3, SingularSide.Left).Finding);
    }

    [Fact]
    public void What_has_no_figure_is_named_and_vectors_of_different_lengths_are_refused()
    {
        using var scope = NewDisposeScope();
        var matrix = Matrices.Gaussian(4, 3);
        foreach (
            var (other, finding) in new[]
            {
                (zeros(4, 3), "zero matrix"),
                (full(4, 3, LivingScalar.Of(double.NaN)), "not finite"),
                (ones(4), "not a matrix"),
            }
        )
        {
            Assert.Equal(
                VectorFigure.None(finding).Finding,
                PrincipalAngles.Of(matrix, other, 1, SingularSide.Left).Finding
            );
            Assert.Equal(SpectrumFigure.None(finding), SubspaceOverlap.Of(other, matrix, 1, SingularSide.Left));
        }
        Assert.Throws<ArgumentException>(() => PrincipalAngles.Of(matrix, ones(5, 3), 1, SingularSide.Left));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrincipalAngles.Of(matrix, matrix, 0, SingularSide.Left));
    }
}

using FluentValidation;
using NaaS.Ordering.Orders;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Validation;

/// <summary>The shape of an order: what must be there and fit together, whatever the catalogue says.</summary>
internal sealed class OrderShape : AbstractValidator<ServiceOrder>
{
    public OrderShape()
    {
        RuleFor(order => order.ServiceOrderItem).NotEmpty().WithMessage("serviceOrderItem needs at least one item");
        RuleForEach(order => order.ServiceOrderItem).SetValidator(new ItemShape());
        RuleFor(order => order).Custom((order, context) =>
        {
            foreach (var id in order.AllItems().Where(item => item.Id is not null).GroupBy(item => item.Id).Where(same => same.Count() > 1).Select(same => same.Key))
            {
                context.AddFailure("serviceOrderItem", $"serviceOrderItem: the id '{id}' is given to several items");
            }

            foreach (var complaint in Dependencies.Complaints(order))
            {
                context.AddFailure("serviceOrderItem", $"serviceOrderItem: {complaint}");
            }
        });
    }

    private sealed class ItemShape : AbstractValidator<ServiceOrderItem>
    {
        public ItemShape()
        {
            RuleFor(item => item.Id).NotEmpty().WithMessage("serviceOrderItem.id is missing");
            RuleFor(item => item.Action).NotNull().WithMessage(item => $"serviceOrderItem[{item.Id}].action is missing: add, modify, delete or noChange");
            RuleFor(item => item.Service).NotNull().WithMessage(item => $"serviceOrderItem[{item.Id}].service is missing");
            RuleFor(item => item.Service!.Id)
                .NotEmpty()
                .When(item => item.Service is not null && item.Action is OrderItemActionType.Modify or OrderItemActionType.Delete or OrderItemActionType.NoChange)
                .WithMessage(item => $"serviceOrderItem[{item.Id}].service.id is missing: {item.Action} needs a service");
            When(item => item.Items is not null, () => RuleForEach(item => item.Items).SetValidator(_ => new ItemShape()));
        }
    }
}
